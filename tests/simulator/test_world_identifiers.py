"""Identifiers and change keys."""

import base64
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncetui.simulator.mailboxes.identifiers import (
    Identity,
    Kind,
    MalformedIdentifierError,
    change_key,
    change_of,
    decode,
    encode,
)

IDENTITIES = st.builds(
    Identity,
    st.sampled_from(["folder", "item"]),
    st.uuids().map(str),
    st.integers(0, 2**40),
    st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2400, 1, 1))),
)


@given(IDENTITIES)
def test_an_identifier_is_read_back_as_what_it_named(identity: Identity) -> None:
    assert decode(encode(identity)) == identity


@given(IDENTITIES, st.data())
def test_a_cut_identifier_is_malformed(identity: Identity, data: st.DataObject) -> None:
    text = encode(identity)
    cut = text[: data.draw(st.integers(0, len(text) - 1))]
    with pytest.raises(MalformedIdentifierError):
        decode(cut)


@given(
    st.one_of(
        st.text(max_size=80),
        st.binary(max_size=200).map(lambda raw: base64.b64encode(raw).decode()),
    )
)
def test_no_text_makes_decoding_fail_otherwise(text: str) -> None:
    try:
        decode(text)
    except MalformedIdentifierError:
        return
    raise AssertionError("rubbish was read as an identifier")


@given(st.sampled_from(["folder", "item"]), st.integers(0, 2**50))
def test_a_change_key_is_read_back(kind: Kind, change: int) -> None:
    assert change_of(change_key(kind, change)) == change
