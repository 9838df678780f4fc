"""From V8's counts to lines and branches."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faasctl.conversation.scenarios.coverage import CoverageBook, FileCoverage, lcov, total

SOURCE = """\
// a comment
function lambda(a) {
  if (a > 3) {
    return '🙂 big'; /* a
    comment */
  }
  return 'small';
}

function never() {
  return 1;
}
"""


def _function(name: str, *ranges: tuple[int, int, int]) -> dict[str, Any]:
    return {
        "functionName": name,
        "isBlockCoverage": True,
        "ranges": [{"startOffset": start, "endOffset": end, "count": count} for start, end, count in ranges],
    }


def _at(text: str) -> int:
    """V8's offset of a text: UTF-16 units."""
    return len(SOURCE[: SOURCE.index(text)].encode("utf-16-le")) // 2


END = len(SOURCE.encode("utf-16-le")) // 2
LAMBDA = (_at("function lambda"), _at("function never") - 2)
BLOCK = (_at("{\n    return '"), _at("return 'small'"))
NEVER = _function("never", (_at("function never"), END, 0))


def _file(*runs: tuple[str, list[Any]]) -> FileCoverage:
    book = CoverageBook("Bot", "index.js", SOURCE)
    for name, functions in runs:
        book.add(name, functions)
    return book.result()


SMALL = [_function("", (0, END, 1)), _function("lambda", (*LAMBDA, 1), (*BLOCK, 0)), NEVER]
BIG = [_function("", (0, END, 1)), _function("lambda", (*LAMBDA, 1)), NEVER]


def test_lines_know_which_scenarios_reached_them() -> None:
    file = _file(("small", SMALL), ("big", BIG))
    both = {"small", "big"}
    assert file.lines == {2: both, 3: both, 4: {"big"}, 7: both, 10: set(), 11: set()}
    assert file.line_percent == pytest.approx(100 * 4 / 6)


def test_a_block_that_v8_counts_by_itself_is_a_branch() -> None:
    (branch,) = _file(("small", SMALL)).branches
    assert (branch.line, branch.start, branch.end) == (3, *BLOCK)
    assert _file(("small", SMALL)).branch_percent == 0
    assert _file(("small", SMALL), ("big", BIG)).branch_percent == 100


def test_functions_are_told_with_their_lines() -> None:
    assert _file(("small", SMALL)).functions == {("lambda", 2): {"small"}, ("never", 10): set()}


def test_code_that_never_ran_is_not_covered() -> None:
    file = _file()
    assert (file.reached_lines, len(file.lines)) == (0, 6)
    assert total([file])["lines"] == 0


def test_functions_of_one_name_are_told_apart_in_a_trace_file() -> None:
    functions = [_function("get", (0, 10, 1)), _function("get", (LAMBDA[0], END, 0))]
    lines = lcov([_file(("one", functions))]).splitlines()
    assert lines[2:6] == ["FN:1,get", "FNDA:1,get", "FN:2,get:2", "FNDA:0,get:2"]


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("s.replace(/\\/*$/, '');\nb();", {1, 2}),
        ('const glob = "it\'s src/*.js";\nb();', {1, 2}),
        ("// it's /* no comment\nb();", {2}),
        ("a(); // /* neither\nb();", {1, 2}),
        ("a(); /* one\ntwo */ b();\n/* three\n\n*/", {1, 2}),
        ("t = `a ${ f('}', `/*`) } /* b\n// c`;\nb();", {1, 2, 3}),
        ("x = a / 2; // it's\nb(/[/*]/, c / d);\ne();", {1, 2, 3}),
        ("const r = /['\"`]/g;\n// '\nb();", {1, 3}),
        ("a = 'it\\'s /*';\n}\n'unclosed\nb();", {1, 3, 4}),
        ("/* 🙂 */ a(); `unclosed /*\n// text", {1, 2}),
    ],
)
def test_lines_with_code_are_known_from_comments_and_texts(source: str, lines: set[int]) -> None:
    assert set(CoverageBook("Bot", "index.js", source).result().lines) == lines


def test_a_comment_with_emoji_moves_no_offset() -> None:
    source = "/* 🙂🙂 */ a();\nb();"
    book = CoverageBook("Bot", "index.js", source)
    book.add("one", [_function("", (0, len(source) + 2, 0), (len(source) - 4 + 2, len(source) + 2, 1))])
    assert book.result().lines == {1: set(), 2: {"one"}}


def test_a_block_of_comments_alone_is_no_branch() -> None:
    source = "return 1;\n// never\n}"
    book = CoverageBook("Bot", "index.js", source)
    book.add("one", [_function("f", (0, len(source), 1), (9, len(source), 0))])
    assert book.result().branches == {}


def test_a_trace_file_has_counts_of_scenarios() -> None:
    text = lcov([_file(("small", SMALL), ("big", BIG))])
    lines = text.splitlines()
    assert lines[:2] == ["TN:", "SF:index.js"]
    assert lines[-1] == "end_of_record"
    assert {"DA:2,2", "DA:4,1", "DA:11,0", "LF:6", "LH:4", "BRF:1", "BRH:1", "FNDA:2,lambda"} <= set(lines)


@given(
    cuts=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 3)), max_size=6),
    source=st.text(alphabet="ab {}();/*`$'\\\n🙂", max_size=60),
)
def test_any_ranges_and_any_text_give_a_result(cuts: list[tuple[int, int, int]], source: str) -> None:
    book = CoverageBook("Bot", "index.js", source)
    ranges = [(min(start, end), max(start, end), count) for start, end, count in cuts] or [(0, 1, 1)]
    book.add("one", [_function("f", *ranges)])
    file = book.result()
    assert 0 <= file.line_percent <= 100
    assert file.lines.keys() <= set(range(1, source.count("\n") + 2))
