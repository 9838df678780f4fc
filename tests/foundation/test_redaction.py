from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faasctl.redaction import MASK, Redactor

SECRETS = st.text(st.characters(codec="utf-8", exclude_characters="*"), min_size=4, max_size=30)


@given(secret=SECRETS, before=st.text(max_size=20), after=st.text(max_size=20))
def test_a_registered_secret_never_comes_through(secret: str, before: str, after: str) -> None:
    redactor = Redactor()
    redactor.register(secret)
    assert secret not in redactor.text(before + secret + after)


@given(secret=SECRETS)
def test_it_is_found_anywhere_in_data(secret: str) -> None:
    redactor = Redactor()
    redactor.register(secret)
    data: Any = {"a": [{"b": f"x{secret}y"}], secret: (secret, 1, None, True)}
    assert not any(secret in text for text in _texts(redactor.data(data)))


def _texts(data: Any) -> Iterator[str]:
    """Every string of JSON-like data, keys included."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield key
            yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer 0123456789abcdef",
        "password=hunter22",
        '"client_secret": "hunter22"',
        "csrf: 'hunter22'",
        "token eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl",
    ],
)
def test_what_looks_like_a_credential_is_covered_unknown(text: str) -> None:
    shown = Redactor().text(text)
    assert MASK in shown
    assert "hunter22" not in shown
    assert "0123456789abcdef" not in shown
    assert "c2lnbmF0dXJl" not in shown


def test_a_value_below_a_telling_key_is_covered() -> None:
    assert Redactor().data({"password": "x1", "bearer": "y2", "name": "z3"}) == {
        "password": MASK,
        "bearer": MASK,
        "name": "z3",
    }


def test_ordinary_text_stays_as_it_is() -> None:
    text = "deploying OrderBot failed: Cannot read properties of undefined (reading 'bar')"
    assert Redactor().text(text) == text


def test_a_secret_is_covered_in_json_text_too_and_json_stays_json() -> None:
    redactor = Redactor()
    secret = redactor.register('a"b\\c\nü-secret')
    for escaped in (True, False):
        text = json.dumps({"said": f"it is {secret}"}, ensure_ascii=escaped)
        assert json.loads(redactor.text(text)) == {"said": f"it is {MASK}"}


@given(secret=SECRETS, before=st.text(max_size=5), after=st.text(max_size=5))
def test_a_secret_is_covered_where_a_message_quotes_it(secret: str, before: str, after: str) -> None:
    redactor = Redactor()
    redactor.register(secret)
    assert repr(secret)[1:-1] not in redactor.text(repr(before + secret + after))


def test_no_line_of_a_secret_is_shown_where_a_message_breaks_or_joins_its_lines() -> None:
    redactor = Redactor()
    redactor.register('-----BEGIN KEY-----\n  "MIIEabcdefgh",\n}\n')
    for text in ('said: -----BEGIN KEY----- "MIIEabcdefgh", }', '> -----BEGIN KEY-----\n>   "MIIEabcdefgh",\n> }'):
        assert not any(piece in redactor.text(text) for piece in ("BEGIN", "MIIE"))
    assert redactor.text("}") == "}"


@pytest.mark.parametrize("kept", [4, 20, 50])
def test_the_beginning_of_a_secret_is_covered_where_a_message_was_shortened_to_it(kept: int) -> None:
    redactor = Redactor()
    secret = redactor.register("abcd" * 20)
    text = f"it was '{secret[:kept]}…', and abcd is none of {secret[:3]}…"
    assert redactor.text(text) == f"it was '{MASK}…', and abcd is none of {secret[:3]}…"


@given(
    st.dictionaries(st.sampled_from(["password", "secret", "bearer", "csrf", "text"]), st.text() | st.integers())
)
def test_the_look_of_a_credential_never_breaks_json_text(data: dict[str, Any]) -> None:
    quoting = {**data, "quoted": json.dumps(data), "line": "password=abcd\nefgh"}
    assert set(json.loads(Redactor().text(json.dumps(quoting)))) == set(quoting)
