from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from faasctl.report.streams import printable


def test_escape_codes_of_a_function_do_not_reach_the_terminal() -> None:
    assert printable("\x1b[2Jgone\x07\r") == r"\x1b[2Jgone\x07\r"


@given(st.text())
def test_what_is_printable_holds_no_control_character_but_tab_and_line_feed(text: str) -> None:
    shown = printable(text)
    assert not any((ord(one) < 32 and one not in "\t\n") or 127 <= ord(one) < 160 for one in shown)
    if text.isprintable():
        assert shown == text
