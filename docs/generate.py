"""Writes what the pages here tell of the code: `python docs/generate.py`, or `--check`, which writes nothing.

A page holds `<!-- generated: <part> -->` and `<!-- end -->`; what stands between them is written by the part of
that name below. With --check the exit status is 1 when a page would change.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import typer

from faasctl.cli.app import VERBS, app, load_verb
from faasctl.definition.rules import RULES
from faasctl.definition.schema import Schema, definition_schema
from faasctl.exit_codes import MEANINGS
from faasctl.facts import assumptions, connector_errors, function_errors, limits
from faasctl.facts.connector_errors import ConnectorError

WIDTH = 100
FOLDER = Path(__file__).parent

_BLOCK = re.compile(r"(<!-- generated: ([a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(_cell(value) for value in line)} |\n" for line in lines)


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")


# ---- exit codes, limits, assumptions, error codes --------------------------------------------------------------


def exit_codes() -> str:
    rows = [(f"**{int(code)}**", *meaning) for code, meaning in MEANINGS.items()]
    return table(("Status", "What happened", "What to do"), rows)


def limits_table() -> str:
    rows = [
        (
            limit.what,
            f"{limit.value:,} {limit.unit}",
            "" if limit.v1 is None else f"{limit.v1:,}",
            "" if limit.looser is None else f"{limit.looser:,}",
            limit.source,
        )
        for limit in limits.ALL
    ]
    return table(("What", "Limit", "V1", "Elsewhere given as", "Source"), rows)


def assumptions_table() -> str:
    rows = [(entry.unknown, entry.assumed, entry.used_in, entry.source) for entry in assumptions.ALL]
    return table(("What is not known", "What faasctl assumes", "Used in", "Where the gap is named"), rows)


def connector_codes() -> str:
    known = [value for value in vars(connector_errors).values() if isinstance(value, ConnectorError)]
    rows = [(f"`{error.code}`", "; or ".join(error.reasons), error.source) for error in known]
    return table(("Code", "Reasons that the platform's pages give", "Source"), rows)


def function_codes() -> str:
    rows = [
        (f"`{entry.code}`", entry.status, entry.meaning, entry.advice, entry.source)
        for entry in function_errors.ALL
    ]
    return table(("Code", "HTTP status", "Meaning", "What to do", "Source"), rows)


# ---- the definition --------------------------------------------------------------------------------------------


def definition_rules() -> str:
    return table(("Rule", "What it means"), [(f"`{name}`", meaning) for name, meaning in RULES.items()])


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


# ---- pages -----------------------------------------------------------------------------------------------------

PARTS: dict[str, Callable[[], str]] = {
    "assumptions": assumptions_table,
    "command-line": command_line,
    "connector-codes": connector_codes,
    "definition-keys": definition_keys,
    "definition-rules": definition_rules,
    "exit-codes": exit_codes,
    "function-codes": function_codes,
    "limits": limits_table,
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
