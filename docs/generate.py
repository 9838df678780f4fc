"""Writes what the pages here tell of the code: `python docs/generate.py`, or `--check`, which writes nothing.

A page holds `<!-- generated: <part> -->` and `<!-- end -->`; what stands between them is written by the part of
that name below. With --check the exit status is 1 when a page would change.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from faasctl.cli.app import VERBS, app, load_verb
from faasctl.cli.chat.commands import COMMANDS
from faasctl.definition.rules import RULES
from faasctl.definition.schema import definition_schema
from faasctl.exit_codes import MEANINGS
from faasctl.facts import (
    assumptions,
    channels,
    connector_errors,
    events,
    function_errors,
    limits,
    modules,
    tester_codes,
)
from faasctl.facts import toolbelt_differences as toolbelts
from faasctl.facts import validator_differences as validators
from faasctl.facts.connector_errors import ConnectorError
from faasctl.javascript.rules import ALL as CODE_RULES

if TYPE_CHECKING:
    from faasctl.definition.schema_parts import Schema

WIDTH = 100
FOLDER = Path(__file__).parent

_BLOCK = re.compile(r"(<!-- generated: ([a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(_cell(value) for value in line)} |\n" for line in lines)


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")


# ---- exit codes, limits ----------------------------------------------------------------------------------------


def exit_codes() -> str:
    rows = [(f"**{int(code)}**", *meaning) for code, meaning in MEANINGS.items()]
    return table(("Status", "What happened", "What to do"), rows)


def limits_table() -> str:
    rows = [
        (
            limit.what,
            limit.unit,
            "" if limit.only == "v1" else f"{limit.value:,}",
            "" if limit.only == "v2" else f"{limit.of('v1'):,}",
            _looser(limit),
            limit.beyond.happens,
            _answer(limit.beyond, limit.only),
            limit.source,
        )
        for limit in limits.ALL
    ]
    refused = (limits.NAME_CHARACTERS.beyond.happens, _answer(limits.NAME_CHARACTERS.beyond))
    names = ("letters, digits, `_`", "letters, digits", "V2: spaces too; V1: `_` too")
    rows.append(("name of a function", "made of", *names, *refused, "C, D, M §4.6"))
    rows += [
        ("functions on an event", "functions", most, most, "", *refused, f"M §5.1: {which}")
        for most, which in _functions_of_events().items()
    ]
    return table(("What", "Counted in", "V2", "V1", "Looser", "Past it", "Answer", "Source"), rows)


def _functions_of_events() -> dict[str, str]:
    """The events by how many functions they take."""
    found: dict[str, list[str]] = {}
    for event in events.CATALOGUE:
        most = "1, or one for each skill" if event.supports_skills else str(event.function_limit)
        found.setdefault(most, []).append(f"`{event.event_id}`")
    return {most: ", ".join(which) for most, which in found.items()}


def _looser(limit: limits.Limit) -> str:
    v2 = None if limit.looser is None else f"V2: {limit.looser:,}"
    v1 = None if limit.looser_v1 is None else f"V1: {limit.looser_v1:,}"
    return "; ".join(filter(None, (v2, v1)))


def _answer(beyond: limits.Beyond, only: str | None = None) -> str:
    """The status, V2's code, and V1's where it is another one."""
    codes = [beyond.code] if only != "v1" else []
    if only != "v2" and beyond.code_v1 not in codes:
        codes.append(beyond.code_v1)
    told = " V1: ".join(f"`{code}`" for code in codes if code is not None)
    return " ".join(filter(None, (str(beyond.status or ""), told)))


# ---- how functions end -----------------------------------------------------------------------------------------


def endings_table() -> str:
    """From the very cases that the tests run."""
    from tests.emulator.runtime.endings import ENDINGS

    rows = []
    for ending in ENDINGS:
        interfaces = [name for name in ("V2", "V1") if getattr(ending, name.lower()) is not None]
        error = ending.error
        status = 200 if error is None else error.status
        codes = [] if error is None else [error.code if name == "V2" else error.v1 for name in interfaces]
        reads = ending.reads.replace("{seconds}", str(limits.EXECUTION_SECONDS.value))
        shown = f"`{reads}`" if reads else "whatever can be read of it"
        rows.append((ending.what, ", ".join(interfaces), status, "; ".join(f"`{code}`" for code in codes), shown))
    return table(("How it ends", "Interface", "HTTP status", "Code", "What the caller reads"), rows)


def unloadable_table() -> str:
    from tests.emulator.runtime.endings import UNLOADABLE

    rows = [(code.what, *(f"`{reads.strip()}`" for reads in code.reads)) for code in UNLOADABLE]
    return table(("What the code has", "Reason on V2", "Reason on V1"), rows)


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


def code_rules() -> str:
    rows = [(f"`{rule.name}`", rule.severity, "yes" if rule.saved else "", rule.meaning) for rule in CODE_RULES]
    return table(("Rule", "Counts as", "When code is saved", "What it means"), rows)


def definition_keys() -> str:
    schema = definition_schema()
    return "\n".join(_sections(schema, schema["$defs"], ""))


def _sections(schema: Schema, shared: dict[str, Schema], path: str) -> Iterator[str]:
    """A section for every mapping with keys of its own: first its keys, then the mappings below it."""
    required = schema.get("required", ())
    properties: dict[str, Schema] = schema["properties"]
    rows = [
        (f"`{name}`", "yes" if name in required else "", _kind(part), _default(part), part["description"])
        for name, part in properties.items()
    ]
    title = f"`{path}`" if path else "The whole file"
    yield f"### {title}\n\n{schema['description']}\n\n" + table(
        ("Key", "Required", "Value", "Default", "What it says"), rows
    )
    for name, part in properties.items():
        below = f"{path}.{name}" if path else name
        if "properties" in part:
            yield from _sections(part, shared, below)
        elif "$ref" in part and path == "":
            yield from _sections(shared["function"], shared, below)


def _kind(part: Schema) -> str:
    if "$ref" in part:
        return "a function, with the keys of `function`"
    forms = [form for form in part.get("anyOf", [part]) if form.get("pattern") != r"\$\{"]
    return "; ".join(_form(form) for form in forms)


def _form(form: Schema) -> str:
    if "enum" in form:
        return " or ".join(f"`{value}`" for value in form["enum"])
    if "const" in form:
        return f"`{form['const']}`"
    types = form["type"] if isinstance(form["type"], list) else [form["type"]]
    words = " or ".join(_WORDS[name] for name in types)
    ends = [
        f"{text} {form[key]:,}" for key, text in (("maxLength", "up to"), ("maxItems", "up to")) if key in form
    ]
    return ", ".join([words, *ends]) + (" characters" if "maxLength" in form else "")


_WORDS = {
    "string": "text",
    "number": "number",
    "integer": "whole number",
    "boolean": "`true` or `false`",
    "array": "list",
    "object": "mapping",
}


def _default(part: Schema) -> str:
    if "default" not in part or part["default"] in ({}, []):
        return ""
    value = part["default"]
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


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
