"""Problems in the few words that stand beside the name of a place, as in `no such name`."""

from oncetui.model.problem import Problem


def in_few_words(problem: Problem) -> str:
    """Return what is the matter in a few words: those of the title where there are no shorter ones."""
    title = problem.title
    as_it_is = title[1:2].isupper()  # it begins with an abbreviation
    return _FEW_WORDS.get(problem.code, title if as_it_is else title[:1].lower() + title[1:])


_FEW_WORDS = {
    "host-not-found": "no such name",
    "names-unavailable": "names can't be looked up",
    "connection-refused": "refuses connections",
    "no-answer": "no answer",
    "connection-lost": "cut the connection",
    "handshake-cut": "cut the connection",
    "certificate-untrusted": "a certificate that isn't trusted here",
    "certificate-name": "a certificate for another name",
    "certificate-expired": "an expired certificate",
    "certificate-chain": "an incomplete certificate",
    "certificate-changed": "another certificate than agreed to",
    "not-https": "no HTTPS there",
    "answer-not-understood": "answers, but is not Exchange",
}
