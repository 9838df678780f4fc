"""What a start of the program imports, and what its help says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from faasctl import __version__
from faasctl.cli.app import VERBS

ROOT = Path(__file__).parents[2]
HEAVY = {"requests", "rich", "keyring", "yaml", "starlette", "uvicorn", "jsonschema_rs", "asyncio", "cryptography"}
EMULATOR_VERBS = ("start", "status", "stop", "reset")


def _run(*arguments: str, python: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *python, "-m", "faasctl", *arguments],
        capture_output=True,
        text=True,
        timeout=30,
        env={**{name: text for name, text in os.environ.items() if "FAASCTL" not in name}, "COLUMNS": "100"},
    )


def _imported(*arguments: str) -> set[str]:
    """Every module that the run imports."""
    ended = _run(*arguments, python=("-X", "importtime"))
    return {
        line.rpartition("|")[2].strip() for line in ended.stderr.splitlines() if line.startswith("import time:")
    }


def _heavy(modules: set[str]) -> set[str]:
    return {name for name in modules if name.partition(".")[0] in HEAVY}


def _layers(modules: set[str]) -> set[str]:
    return {name.split(".")[1] for name in modules if name.startswith("faasctl.")}


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_help_and_version_import_nothing_heavy(argument: str) -> None:
    modules = _imported(argument)
    assert "faasctl" in modules
    assert _heavy(modules) == set()
    assert _layers(modules).isdisjoint({"emulator", "liveperson", "rollout", "definition"})


@pytest.mark.parametrize("verb", VERBS)
def test_the_help_of_a_verb_imports_nothing_heavy(verb: str) -> None:
    assert _heavy(_imported(verb, "--help")) == set()


def test_validate_imports_what_reads_the_definition_and_no_more() -> None:
    modules = _imported("validate", "--file", str(ROOT / "bot.yaml.example"))
    assert {"yaml", "faasctl.definition.load"} <= modules
    assert {name.partition(".")[0] for name in _heavy(modules)} == {"yaml", "jsonschema_rs"}
    assert _layers(modules).isdisjoint({"emulator", "liveperson"})


def test_the_version_is_one_line() -> None:
    for argument in ("--version", "-V"):
        ended = _run(argument)
        assert (ended.returncode, ended.stdout, ended.stderr) == (0, f"faasctl {__version__}\n", "")


@pytest.mark.parametrize(
    "command", [*(verb for verb in VERBS if verb != "emulator"), *(f"emulator {verb}" for verb in EMULATOR_VERBS)]
)
def test_every_verb_has_help_with_an_example_of_itself(command: str) -> None:
    ended = _run(*command.split(), "--help")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert f"Usage: faasctl {command}" in ended.stdout
    text = " ".join(ended.stdout.split())
    assert f"Example: faasctl {command}" in text
    assert re.search(r"--output", text)


def test_every_option_of_every_verb_is_explained() -> None:
    for command in (*VERBS, *(f"emulator {verb}" for verb in EMULATOR_VERBS)):
        lines = _run(*command.split(), "--help").stdout.splitlines()
        bare = [line for line in lines if re.fullmatch(r"\s+(-\w, )?--[\w-]+( [A-Z]+)?", line)]
        followed = [lines[lines.index(line) + 1].startswith("        ") for line in bare]
        assert all(followed), (command, bare)


def test_the_help_lists_every_verb_and_no_verb_at_all_is_a_usage_error() -> None:
    listed = _run("--help").stdout
    assert [verb for verb in VERBS if not re.search(rf"^\s+{verb}\s", listed, re.MULTILINE)] == []
    emulator = _run("emulator", "--help").stdout
    assert [verb for verb in EMULATOR_VERBS if not re.search(rf"^\s+{verb}\s", emulator, re.MULTILINE)] == []
    assert _run().returncode == 2
    assert _run("emulator").returncode == 2
