"""What goes to stdout as JSON is read by every reader of JSON."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faasctl.report.json_text import json_line, json_text

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@given(ANY_TEXT, st.booleans())
def test_half_a_surrogate_pair_is_replaced_and_all_else_stays(text: str, ascii_alone: bool) -> None:
    shown = json_text({text: [text]}, ensure_ascii=ascii_alone)
    assert shown.isascii() or not ascii_alone
    whole = "".join("\ufffd" if "\ud800" <= one <= "\udfff" else one for one in text)
    assert json.loads(shown.encode()) == {whole: [whole]}


@pytest.mark.parametrize(
    ("encoding", "line"), [("utf-8", '"grüße 🤖"'), ("latin-1", r'"gr\u00fc\u00dfe \ud83e\udd16"')]
)
def test_a_line_is_json_in_any_encoding_of_stdout(
    encoding: str, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(io.BytesIO(), encoding=encoding))
    assert json_line("grüße 🤖") == line
