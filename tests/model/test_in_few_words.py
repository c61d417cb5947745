"""Problems in a few words."""

from oncetui.model.problems import causes
from oncetui.model.problems.in_few_words import _FEW_WORDS, in_few_words
from oncetui.model.problems.names import HOST_NOT_FOUND
from oncetui.model.problems.network import IPV6_BROKEN
from oncetui.model.problems.proxies import PROXY_SIGN_IN


def test_only_causes_of_the_catalogue_have_shorter_words_and_they_are_shorter() -> None:
    titles = {cause.code: cause.title for cause in causes()}
    assert set(_FEW_WORDS) <= set(titles)
    assert [code for code, words in _FEW_WORDS.items() if len(words) > len(titles[code])] == []


def test_others_are_told_by_their_title() -> None:
    assert in_few_words(HOST_NOT_FOUND.problem()) == "no such name"
    assert in_few_words(PROXY_SIGN_IN.problem()).lower() == PROXY_SIGN_IN.title.lower()
    assert in_few_words(IPV6_BROKEN.problem()).startswith("IPv6")
