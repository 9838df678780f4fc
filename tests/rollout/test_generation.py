"""A function that is written for the other generation is found before anything is sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from faasctl.definition.load import load
from faasctl.errors import InvalidDefinition
from faasctl.javascript.inspector import Inspector
from faasctl.rollout.generation import check_generation
from faasctl.rollout.wanted import Wanted, wanted

V1 = "function lambda(input, callback) {\n  callback(null, { messages: ['hi'] });\n}\n"
V2 = "async function lambda(input) {\n  return { messages: ['hi'] };\n}\n"


@pytest.fixture(scope="module")
def inspector() -> Iterator[Inspector]:
    with Inspector() as running:
        yield running


def _wanted(folder: Path, code: str, *, loose: bool = False, **function: Any) -> Wanted:
    (folder / "index.js").write_text(code)
    definition = {
        "version": 1,
        "target": "cloud",
        "account": "12345678",
        "function": {"name": "OrderBot", "code": "index.js", **function},
        "bot": {"name": "Order bot", "agent": "a@example.com", "escalation": {"skill": "Human Agents"}},
        "emulator": {"loose_limits": loose},
    }
    (folder / "bot.yaml").write_text(yaml.safe_dump(definition))
    return wanted(load(folder / "bot.yaml"))


def test_a_function_of_the_account_s_generation_passes(tmp_path: Path, inspector: Inspector) -> None:
    check_generation(_wanted(tmp_path, V1), "v1", inspector)
    check_generation(_wanted(tmp_path, V2), "v2", inspector)
    check_generation(_wanted(tmp_path, V2, interface="v2"), "v2", inspector)


def test_code_of_v1_is_not_sent_to_v2(tmp_path: Path, inspector: Inspector) -> None:
    with pytest.raises(InvalidDefinition) as caught:
        check_generation(_wanted(tmp_path, V1), "v2", inspector)
    (finding,) = caught.value.findings
    assert (finding.rule, finding.line) == ("v1-style", 1)
    assert finding.file.endswith("index.js")
    assert "async function lambda(input)" in (finding.suggestion or "")
    assert caught.value.hint == "Account 12345678 is a V2 account."


def test_code_of_v2_is_not_sent_to_v1(tmp_path: Path, inspector: Inspector) -> None:
    with pytest.raises(InvalidDefinition) as caught:
        check_generation(_wanted(tmp_path, f"import {{ x }} from 'luxon';\n{V2}"), "v1", inspector)
    assert {finding.rule for finding in caught.value.findings} == {"v2-style", "no-callback"}


def test_what_the_definition_says_of_the_interface_has_to_fit_too(tmp_path: Path, inspector: Inspector) -> None:
    with pytest.raises(InvalidDefinition) as caught:
        check_generation(_wanted(tmp_path, V2, interface="v1"), "v2", inspector)
    assert [finding.rule for finding in caught.value.findings] == ["interface-mismatch"]


def test_v1_s_smaller_limits_hold_once_the_account_is_known(tmp_path: Path, inspector: Inspector) -> None:
    long: dict[str, Any] = {"description": "d" * 150, "environment": {"A": "a" * 300, "B": "b"}}
    check_generation(_wanted(tmp_path, V2, **long), "v2", inspector)
    with pytest.raises(InvalidDefinition) as caught:
        check_generation(_wanted(tmp_path, V1, **long), "v1", inspector)
    messages = [finding.message for finding in caught.value.findings]
    assert messages == [
        "description of OrderBot has 150 characters; V1 takes 100",
        "environment.A of OrderBot has 300 characters; V1 takes 200",
    ]


def test_where_sources_disagree_the_looser_limit_can_be_chosen(tmp_path: Path, inspector: Inspector) -> None:
    check_generation(_wanted(tmp_path, V1, loose=True, description="d" * 200), "v1", inspector)


def test_a_mistake_that_has_nothing_to_do_with_the_generation_is_left_to_validate(
    tmp_path: Path, inspector: Inspector
) -> None:
    check_generation(_wanted(tmp_path, f"import {{ x }} from 'not-there';\n{V2}"), "v2", inspector)
