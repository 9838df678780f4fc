"""The table of rules and the code that applies them name the same rules, and loading imports nothing heavy."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import faasctl.definition
from faasctl.definition.rules import RULES

FOLDER = Path(next(iter(faasctl.definition.__path__)))


def test_every_rule_of_the_table_is_applied_somewhere() -> None:
    source = "".join(path.read_text() for path in FOLDER.glob("*.py") if path.name != "rules.py")
    unused = [rule for rule in RULES if f'"{rule}"' not in source]
    assert unused == []


def test_names_and_meanings_have_one_form() -> None:
    for rule, meaning in RULES.items():
        assert re.fullmatch(r"[a-z0-9.]+(-[a-z0-9.]+)*", rule)
        assert meaning.endswith(".")


def test_importing_the_loader_imports_nothing_heavy() -> None:
    code = "import sys, faasctl.definition.load; print(*sys.modules)"
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    heavy = {"yaml", "jsonschema_rs", "keyring", "requests", "rich", "asyncio", "json"}
    assert heavy & set(output.split()) == set()
