"""The section `emulator`: what a definition may ask of the local account."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from faasctl.definition.code_files import Account, path_of_role
from faasctl.definition.model import Interface, Role
from faasctl.definition.suggestions import did_you_mean
from faasctl.facts import limits, secrets

if TYPE_CHECKING:
    from faasctl.definition.document import Document
    from faasctl.definition.mistakes import Mistakes
    from faasctl.findings import Severity


def local_platform(document: Document) -> Interface:
    """The generation of the local account."""
    return "v1" if document.get("emulator", "platform") == "v1" else "v2"


def known_account(document: Document, *, target: str | None) -> Account:
    """What the definition tells of the account that the code is for, before its structure is known to be right.

    A local account that is V2 only because nothing else is written down runs V1 functions too, as imported ones.
    """
    written = document.get("emulator", "platform")
    domains = document.get("emulator", "allowed_domains")
    return Account(
        platform=local_platform(document) if target == "local" and written in get_args(Interface) else None,
        allowed_domains=tuple(name for name in domains if isinstance(name, str))
        if isinstance(domains, list)
        else (),
        all_domains_known=target == "local",
    )


def check_local_account(document: Document, mistakes: Mistakes, *, in_force: bool) -> None:
    """Adds what is wrong with the section. `in_force`: the target is local, so it must fit the bot."""
    _check_domains(document, mistakes)
    _check_secrets(document, mistakes)
    if in_force:
        _check_bot(document, mistakes)
        _check_interfaces(document, mistakes)


def _check_domains(document: Document, mistakes: Mistakes) -> None:
    if not document.get("emulator", "allowed_domains"):
        return
    from faasctl.facts.network import allowed_domain_problem

    for path, domain in document.entries("emulator", "allowed_domains"):
        problem = allowed_domain_problem(domain) if isinstance(domain, str) else None
        if problem is not None:
            mistakes.add("bad-format", document.place(path), f"{document.written(path)!r}: {problem}")
    if document.get("emulator", "platform") == "v2":
        mistakes.add(
            "not-for-v2",
            document.key_place(("emulator", "allowed_domains")),
            "V2 has no list of allowed domains: functions call any host",
            "remove the key, or write platform: v1",
            severity="warning",
        )


def _check_secrets(document: Document, mistakes: Mistakes) -> None:
    platform = local_platform(document)
    limit = limits.SECRET_VALUE_CHARACTERS.of(platform)
    for path, value in document.entries("emulator", "secrets"):
        if secrets.is_system_secret(str(path[-1])):
            mistakes.add(
                "reserved-name",
                document.key_place(path),
                f"names that start with {secrets.SYSTEM_PREFIX} are the platform's own, and it fills them itself",
                "choose another name",
            )
        length = secrets.length(value, platform)
        if length > limit:
            message = f"the value counts {length:,} characters; the platform takes {limit:,}"
            mistakes.add("too-long", document.place(path), message)


def _check_bot(document: Document, mistakes: Mistakes) -> None:
    for rule, used, held, what in (
        ("unknown-agent", ("bot", "agent"), "agents", "bot user"),
        ("unknown-skill", ("bot", "escalation", "skill"), "skills", "skill"),
    ):
        name = document.get(*used)
        known = document.get("emulator", held)
        if isinstance(name, str) and isinstance(known, list) and name not in known:
            names = [str(value) for _, value in document.entries("emulator", held)]
            mistakes.add(
                rule,
                document.place(used),
                f"the local account holds no {what} {document.written(used)!r}",
                did_you_mean(name, names) or f"add it to emulator.{held}",
            )


def _check_interfaces(document: Document, mistakes: Mistakes) -> None:
    """What contradicts a generation that is written down."""
    if document.get("emulator", "platform") in get_args(Interface):
        _compare_interfaces(document, mistakes, "error")


def advise_about_interfaces(document: Document, mistakes: Mistakes) -> None:
    """What does not fit an account that is V2 because nothing else is written down."""
    if document.get("emulator", "platform") is None:
        _compare_interfaces(document, mistakes, "warning")


def _compare_interfaces(document: Document, mistakes: Mistakes, severity: Severity) -> None:
    platform = local_platform(document)
    for role in get_args(Role):
        path = (*path_of_role(role), "interface")
        interface = document.get(*path)
        if interface in get_args(Interface) and interface != platform:
            mistakes.add(
                "interface-mismatch",
                document.place(path),
                f"the function's interface is {interface}, the local account is {platform.upper()}",
                f"write platform: {interface} under emulator, or {platform} here",
                severity=severity,
            )
