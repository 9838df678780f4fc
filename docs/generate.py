"""Writes what the pages here tell of the code: `python docs/generate.py`, or `--check`, which writes nothing.

A page holds `<!-- generated: <part> -->` and `<!-- end -->`; what stands between them is written by the part of
that name below. With --check the exit status is 1 when a page would change.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import typer
from endings_table import endings_table, unloadable_table
from keys_table import definition_keys, described
from limits_table import limits_table
from tables import table

from faasctl.cli.app import VERBS, app, load_verb
from faasctl.cli.chat.commands import COMMANDS
from faasctl.conversation.scenarios import schema as scenarios
from faasctl.conversation.scenarios.rule_table import RULES as SCENARIO_RULES
from faasctl.conversation.scenarios.schema_expectations import EXPECT, TEXT
from faasctl.conversation.scenarios.variations import VARIATIONS
from faasctl.definition.rules import RULES
from faasctl.exit_codes import MEANINGS
from faasctl.facts import assumptions, channels, connector_errors, function_errors, modules, tester_codes
from faasctl.facts import toolbelt_differences as toolbelts
from faasctl.facts import validator_differences as validators
from faasctl.facts.connector_errors import ConnectorError
from faasctl.javascript.rules import ALL as CODE_RULES

WIDTH = 100
FOLDER = Path(__file__).parent

_BLOCK = re.compile(r"(<!-- generated: ([a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


# ---- exit codes ------------------------------------------------------------------------------------------------


def exit_codes() -> str:
    rows = [(f"**{int(code)}**", *meaning) for code, meaning in MEANINGS.items()]
    return table(("Status", "What happened", "What to do"), rows)


# ---- assumptions, error codes ----------------------------------------------------------------------------------


def assumptions_table() -> str:
    rows = [(entry.unknown, entry.assumed, entry.used_in, entry.source) for entry in assumptions.ALL]
    return table(("What is not known", "What faasctl assumes", "Used in", "Where the gap is named"), rows)


def toolbelt_differences() -> str:
    return table(("Call", "Ours"), toolbelts.DIFFERENCES.items())


def modules_table() -> str:
    names = sorted({name for packages in modules.PACKAGES.values() for name in packages})
    rows = [
        (f"`{name}`", *(modules.PACKAGES[interface].get(name, "") for interface in ("v1", "v2"))) for name in names
    ]
    return table(("Package", "V1", "V2"), rows)


def connector_codes() -> str:
    known = [value for value in vars(connector_errors).values() if isinstance(value, ConnectorError)]
    rows = [(f"`{error.code}`", "; or ".join(error.reasons), error.source) for error in known]
    return table(("Code", "Reasons that the platform's pages give", "Source"), rows)


def function_codes() -> str:
    rows = [
        (
            f"`{entry.code}`",
            f"`{entry.v1}`" if entry.v1 else "",
            entry.status,
            entry.meaning,
            entry.advice,
            entry.source,
        )
        for entry in function_errors.ALL
    ]
    return table(("Code", "V1's code", "HTTP status", "Meaning", "What to do", "Source"), rows)


def tester_codes_table() -> str:
    rows = [(f"`{code}`", meaning) for code, meaning in tester_codes.MEANINGS.items()]
    return table(("Code", "Meaning"), rows)


# ---- rich content ----------------------------------------------------------------------------------------------


def channels_table() -> str:
    rows = [
        (
            f"`{channel.name}`",
            channel.title,
            f"`{channel.official}`",
            "not known" if channel.is_open else channel.replies or "none",
            channel.reply_title or "",
        )
        for channel in channels.ALL
    ]
    heads = ("`--channel`", "Channel", "In LivePerson's validator", "Quick replies", "Characters of a title")
    return table(heads, rows)


def validator_differences() -> str:
    rows = [
        (
            difference.kind,
            ", ".join(difference.channels),
            difference.what,
            "refused, or taken where theirs refuses" if difference.we_accept else "refused",
            difference.reason,
        )
        for difference in validators.ALL
    ]
    return table(("Kind", "Channels", "What", "By faasctl", "Why LivePerson's validator differs"), rows)


# ---- the definition --------------------------------------------------------------------------------------------


def definition_rules() -> str:
    return table(("Rule", "What it means"), [(f"`{name}`", meaning) for name, meaning in RULES.items()])


def scenario_steps() -> str:
    return described(scenarios.SCENARIO_FILE["properties"]["scenarios"]["items"]["properties"]["steps"]["items"])


def scenario_keys() -> str:
    return described(scenarios.SCENARIO_FILE["properties"]["scenarios"]["items"])


def scenario_setup() -> str:
    return described(scenarios.SETUP)


def scenario_expectations() -> str:
    return described(EXPECT)


def scenario_texts() -> str:
    return described(TEXT)


def scenario_rules() -> str:
    return table(("Rule", "What it means"), [(f"`{name}`", meaning) for name, meaning in SCENARIO_RULES.items()])


def scenario_faults() -> str:
    return table(("Name", "What happens"), [(f"`{item.name}`", item.title) for item in VARIATIONS])


def code_rules() -> str:
    rows = [(f"`{rule.name}`", rule.severity, "yes" if rule.saved else "", rule.meaning) for rule in CODE_RULES]
    return table(("Rule", "Counts as", "When code is saved", "What it means"), rows)


# ---- the command line ------------------------------------------------------------------------------------------


def verbs() -> str:
    return table(
        ("Verb", "What it does"), [(f"[`{name}`](#faasctl-{name})", text) for name, text in VERBS.items()]
    )


def command_line() -> str:
    root = typer.main.get_command(app)
    parts = [_help("faasctl", root)]
    for name in VERBS:
        parts.extend(_helps(f"faasctl {name}", load_verb(name)))
    return "\n".join(parts)


def _helps(path: str, command: Any) -> Iterator[str]:
    yield _help(path, command)
    for name, below in getattr(command, "commands", {}).items():
        yield from _helps(f"{path} {name}", below)


def _help(path: str, command: Any) -> str:
    context = command.context_class(command, info_name=path, terminal_width=WIDTH, max_content_width=WIDTH)
    return f"## {path}\n\n```text\n{command.get_help(context).rstrip()}\n```\n"


# ---- LivePerson's own clients -----------------------------------------------------------------------------------


def official_cli() -> str:
    """From what the tests recorded of the very runs."""
    from tests.official.calls import CLI_HEADS, cli_rows

    return table(CLI_HEADS, cli_rows())


def official_client() -> str:
    from tests.official.calls import CLIENT_HEADS, client_rows

    return table(CLIENT_HEADS, client_rows())


# ---- chat ------------------------------------------------------------------------------------------------------


def chat_commands() -> str:
    rows = [
        (f"`{f'/{name} {arguments}'.rstrip()}`", f"{meaning[0].upper()}{meaning[1:]}.")
        for name, (arguments, meaning) in COMMANDS.items()
    ]
    return table(("Command", "What it does"), rows)


# ---- faults ----------------------------------------------------------------------------------------------------


def _matrix() -> Any:
    """What tests/faults runs, and how it has to end."""
    return json.loads((FOLDER / "faults.json").read_text("utf-8"))


def faults() -> str:
    rows = [
        (f"**{fault['name']}**", fault["meaning"], f"`{json.dumps(fault['plan'])}`")
        for fault in _matrix()["faults"]
    ]
    return table(("Fault", "What happens", "In a plan"), rows)


def fault_outcomes() -> str:
    matrix = _matrix()
    writing = [row for row in matrix["rows"] if row["start"] != "up"]
    reading = [row for row in matrix["rows"] if row["start"] == "up"]
    return "\n".join(_outcomes(matrix["faults"], rows) for rows in (writing, reading))


def _outcomes(faults: Sequence[Any], rows: Sequence[Any]) -> str:
    heads = [f"`{row['verb']}`{_where(row)}: {row['method']} {row['service']}" for row in rows]
    lines = [
        (f"**{fault['name']}**", *(row["outcomes"].get(fault["name"], "") for row in rows))
        for fault in faults
        if any(fault["name"] in row["outcomes"] for row in rows)
    ]
    return table(("Fault", *heads), lines)


def _where(row: Any) -> str:
    if row.get("target") == "local":
        return ", local"
    return ", V1" if row.get("platform") == "v1" else ""


# ---- pages -----------------------------------------------------------------------------------------------------

PARTS: dict[str, Callable[[], str]] = {
    "assumptions": assumptions_table,
    "channels": channels_table,
    "chat-commands": chat_commands,
    "code-rules": code_rules,
    "command-line": command_line,
    "connector-codes": connector_codes,
    "code-that-cannot-be-loaded": unloadable_table,
    "definition-keys": definition_keys,
    "definition-rules": definition_rules,
    "endings": endings_table,
    "exit-codes": exit_codes,
    "fault-outcomes": fault_outcomes,
    "faults": faults,
    "function-codes": function_codes,
    "limits": limits_table,
    "modules": modules_table,
    "official-cli": official_cli,
    "official-client": official_client,
    "scenario-expectations": scenario_expectations,
    "scenario-faults": scenario_faults,
    "scenario-keys": scenario_keys,
    "scenario-rules": scenario_rules,
    "scenario-setup": scenario_setup,
    "scenario-steps": scenario_steps,
    "scenario-texts": scenario_texts,
    "toolbelt-differences": toolbelt_differences,
    "tester-codes": tester_codes_table,
    "validator-differences": validator_differences,
    "verbs": verbs,
}


def filled(page: str) -> str:
    """The page with all its parts as they are now."""
    return _BLOCK.sub(lambda block: f"{block[1]}\n{PARTS[block[2]]()}\n{block[3]}", page)


def main(arguments: Sequence[str], folder: Path = FOLDER) -> int:
    if list(arguments) not in ([], ["--check"]):
        sys.stderr.write("usage: python docs/generate.py [--check]\n")
        return 2
    stale = []
    for path in sorted(folder.glob("*.md")):
        page = path.read_text(encoding="utf-8")
        now = filled(page)
        if now != page:
            stale.append(path.name)
            if not arguments:
                path.write_text(now, encoding="utf-8")
    if arguments and stale:
        sys.stderr.write(f"out of date: {', '.join(stale)}; run `python docs/generate.py`\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
