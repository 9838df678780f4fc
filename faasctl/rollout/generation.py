"""Whether functions fit the account's generation, which only its hosts tell (functions-api §10, §15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faasctl.errors import InvalidDefinition
from faasctl.facts import limits
from faasctl.files import shown_path
from faasctl.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from faasctl.javascript.inspector import Inspector
    from faasctl.liveperson.platform import Dialect
    from faasctl.rollout.wanted import Wanted, WantedFunction

_OF_GENERATION = frozenset({"v1-style", "v2-style", "no-callback"})
"""Mistakes in code that come of the other generation."""


def check_generation(wanted: Wanted, generation: Dialect, inspector: Inspector) -> None:
    """InvalidDefinition, with what to change, where a function is written for the other generation."""
    shown = shown_path(wanted.definition.path)
    findings = [
        finding
        for function in wanted.functions
        for finding in (
            *_interface(function, generation, shown),
            *_code(function, generation, inspector),
            *_sizes(function, generation, shown, loose=wanted.definition.emulator.loose_limits),
        )
    ]
    if findings:
        raise InvalidDefinition(
            findings, hint=f"Account {wanted.definition.account} is a {generation.upper()} account."
        )


def _interface(function: WantedFunction, generation: Dialect, shown: str) -> Iterator[Finding]:
    spec = function.spec
    if spec.interface not in (None, generation):
        yield Finding(
            file=shown,
            line=1,
            column=1,
            rule="interface-mismatch",
            message=f"{spec.name} has the interface {spec.interface}, and the account is {generation.upper()}",
            suggestion=f"write it for {generation.upper()}, and interface: {generation}, or leave the key out",
        )


def _code(function: WantedFunction, generation: Dialect, inspector: Inspector) -> Iterator[Finding]:
    report = inspector.review(function.spec.code, platform=generation)
    mistakes = [problem for problem in report.problems if problem.severity == "error"]
    if any(problem.rule in _OF_GENERATION for problem in mistakes):
        for problem in mistakes:
            yield Finding(
                file=shown_path(function.spec.code_path),
                line=problem.line,
                column=problem.column,
                rule=problem.rule,
                message=problem.message,
                suggestion=problem.suggestion,
            )


def _sizes(function: WantedFunction, generation: Dialect, shown: str, *, loose: bool) -> Iterator[Finding]:
    """What V2 takes, and the definition was held to, may be too much for V1; a value may be secret."""
    spec = function.spec
    checked = [
        (limits.DESCRIPTION_CHARACTERS, "description", spec.description),
        *(
            (limits.ENVIRONMENT_VALUE_CHARACTERS, f"environment.{name}", value)
            for name, value in function.environment.items()
        ),
    ]
    for limit, what, text in checked:
        most = limit.of(generation, loose=loose)
        if len(text) > most:
            yield Finding(
                file=shown,
                line=1,
                column=1,
                rule="too-long",
                message=f"{what} of {spec.name} has {len(text)} characters; {generation.upper()} takes {most}",
            )
