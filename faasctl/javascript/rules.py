"""The rules about code, with what each means. Names are stable: people filter by them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRule:
    """`saved`: looked at when code is saved, too. `severity` in words, as it may depend."""

    name: str
    meaning: str
    severity: str = "error"
    saved: bool = False


ALL: tuple[CodeRule, ...] = (
    CodeRule(name="syntax-error", meaning="The code does not parse.", saved=True),
    CodeRule(name="code-empty", meaning="The code is empty.", saved=True),
    CodeRule(name="code-too-long", meaning="The code passes the platform's limit.", saved=True),
    CodeRule(
        name="no-lambda",
        meaning="There is no top-level function named lambda, which the platform calls.",
        saved=True,
    ),
    CodeRule(
        name="no-callback",
        meaning="V1: lambda has no callback, or never calls it. Where it is not called on one of the ways through "
        "the function, a warning.",
        severity="error or warning",
        saved=True,
    ),
    CodeRule(
        name="forbidden-eval",
        meaning="The code uses eval, which the platform refuses when code is saved, or makes functions of text. "
        "`Function('return this')`, with which libraries find the globals, is a warning.",
        severity="error or warning",
        saved=True,
    ),
    CodeRule(
        name="forbidden-console-method",
        meaning="A method of console that the platform does not have, and on which a function crashes.",
    ),
    CodeRule(
        name="module-not-available",
        meaning="A module that the platform does not have; there are no dependencies of one's own. Inside try, or "
        "where its type is asked for first, a warning.",
        severity="error or warning",
    ),
    CodeRule(
        name="relative-import",
        meaning="A file beside the code is imported; the platform gets the one file alone.",
        severity="error or warning",
    ),
    CodeRule(
        name="v1-style",
        meaning="Code of V1 for a V2 account: a callback, require, module.exports, Toolbelt.HTTPClient. A warning "
        "where it is no more than a sign, or where the account's generation is not known.",
        severity="error or warning",
    ),
    CodeRule(
        name="v2-style",
        meaning="Code of V2 for a V1 account: import and export statements; for the global fetch a warning.",
        severity="error or warning",
    ),
    CodeRule(
        name="host-not-allowed",
        meaning="V1: a request to a host that is not on the allow-list. On a LivePerson account, whose list is "
        "not known here, a warning.",
        severity="error or warning",
    ),
    CodeRule(
        name="reserved-variable",
        meaning="The code writes to an environment variable of the platform, or reads one that the other "
        "generation has.",
        severity="warning",
    ),
    CodeRule(
        name="missing-await",
        meaning="A promise is used as the value that it is to become; where nothing waits for it, a warning.",
        severity="error or warning",
    ),
    CodeRule(name="no-answer", meaning="V2: lambda can end without returning anything.", severity="warning"),
    CodeRule(
        name="timer-chain",
        meaning="The code waits step by step with setTimeout or setInterval.",
        severity="warning",
    ),
    CodeRule(
        name="unreadable-reply",
        meaning="A reply that stands in the code has a shape that the connector does not read. A part without"
        " effect, such as an action outside the context, is a warning.",
    ),
)
