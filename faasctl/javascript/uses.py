"""What code names of the world around it, held against what the platform has: modules, hosts, variables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from faasctl.facts import modules, naming
from faasctl.javascript.report import CodeProblem, Interface

Use = Mapping[str, Any]
"""`name`, `line`, `column`; of a module also `builtin` and `optional`, of a variable `written`."""

_SIMILAR = 0.75


def module_problems(uses: Iterable[Use], *, platform: Interface) -> Iterator[CodeProblem]:
    for use in uses:
        found = None if use["builtin"] else _module_problem(use["name"], platform)
        if found is not None:
            rule, message, suggestion = found
            yield CodeProblem(
                rule=rule,
                line=use["line"],
                column=use["column"],
                message=message,
                suggestion=suggestion,
                severity="warning" if use["optional"] else "error",
            )


def _module_problem(name: str, platform: Interface) -> tuple[str, str, str] | None:
    if name.startswith((".", "/", "#", "file:")):
        return (
            "relative-import",
            f"{name!r} is not there on the platform, which gets this one file alone",
            "put what is needed into this file, or bundle it into one",
        )
    package = modules.package_of(name)
    if package in modules.AVAILABLE[platform]:
        return None
    message = f"the module {package!r} is not available on the platform ({platform.upper()})"
    return "module-not-available", message, _instead(package, platform)


def _instead(package: str, platform: Interface) -> str:
    other = modules.REPLACEMENTS[platform].get(package)
    if other is not None:
        return f"use {other}, which {platform.upper()} has in its place"
    if package in modules.INSTEAD:
        return f"use {modules.INSTEAD[package][platform]}"
    from difflib import get_close_matches

    available = sorted(modules.AVAILABLE[platform])
    near = get_close_matches(package, available, n=1, cutoff=_SIMILAR)
    if near:
        return f"did you mean {near[0]}?"
    return f"there are {', '.join(available)} and Node's own modules"


def host_problems(uses: Iterable[Use], *, allowed: Sequence[str], certain: bool) -> Iterator[CodeProblem]:
    """For V1 alone. Where the account's list is not known for `certain`, what is found is advice."""
    for use in uses:
        host = use["name"]
        if is_allowed(host, allowed):
            continue
        if certain:
            message = f"{host} is not on the allow-list: the platform closes the connection"
            suggestion = f"add {host} to emulator.allowed_domains"
        else:
            message = f"V1 lets requests to {host} pass only where the account's allow-list has it"
            suggestion = f"see that it has; {host} in emulator.allowed_domains says so here"
        yield CodeProblem(
            rule="host-not-allowed",
            line=use["line"],
            column=use["column"],
            message=message,
            suggestion=suggestion,
            severity="error" if certain else "warning",
        )


def is_allowed(host: str, domains: Iterable[str]) -> bool:
    """Whether V1 lets requests to `host` pass: LivePerson's own, and what the list names; `*` is one label."""
    from faasctl.facts import network

    host = host.lower().rstrip(".")
    if any(host == own or host.endswith(f".{own}") for own in network.LIVEPERSON_DOMAINS):
        return True
    first, _, rest = host.partition(".")
    names = {domain.lower().rstrip(".") for domain in domains}
    return host in names or (bool(first) and f"*.{rest}" in names)


def variable_problems(uses: Iterable[Use], *, platform: Interface) -> Iterator[CodeProblem]:
    for use in uses:
        name = use["name"]
        if use["written"] and naming.is_reserved_environment_name(name):
            message = f"{name} belongs to the platform: its runtime sets or reads it"
            suggestion = "choose another name"
        elif name in naming.OTHER_GENERATION and name.startswith("X_LIVEPERSON_") != (platform == "v2"):
            message = f"{platform.upper()} sets no {name}"
            suggestion = f"read {naming.OTHER_GENERATION[name]}"
        else:
            continue
        yield CodeProblem(
            rule="reserved-variable",
            line=use["line"],
            column=use["column"],
            message=message,
            suggestion=suggestion,
            severity="warning",
        )
