"""The payload that a command line names."""

from __future__ import annotations

from pathlib import Path

import pytest

from faasctl.cli.payload import read_payload
from faasctl.errors import InvalidDefinition


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ('{\n "a": NaN}', 2, 7, "NaN is no number in JSON"),
        (f'{{"a": {"9" * 5000}}}', 1, 7, "the number is too large"),
        ("[" * 100_000, 1, 1, "nested too deeply"),
        ("{'a': 1}", 1, 2, "' is no quotation mark of JSON"),
    ],
)
def test_what_is_no_json_is_a_finding_with_its_place(
    text: str, line: int, column: int, said: str, tmp_path: Path
) -> None:
    file = tmp_path / "payload.json"
    file.write_text(text, "utf-8")
    with pytest.raises(InvalidDefinition) as refused:
        read_payload(str(file))
    [finding] = refused.value.findings
    assert (finding.file, finding.line, finding.column, finding.rule) == (str(file), line, column, "json-syntax")
    assert said in finding.message
