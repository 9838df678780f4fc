"""A document in which nothing is wrong -> the Definition."""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from faasctl.definition.code_files import CodeFile, path_of_role
from faasctl.definition.local_account import local_platform
from faasctl.definition.model import (
    EVENT_OF_ROLE,
    BotSpec,
    CombineMessages,
    Definition,
    Disclaimer,
    EmulatorSpec,
    EscalationMessages,
    FunctionSpec,
    HookRole,
    SecretReference,
    Target,
    TestConnectionSpec,
)
from faasctl.durations import parse_duration
from faasctl.facts import limits
from faasctl.redaction import redactor

if TYPE_CHECKING:
    from faasctl.definition.document import Document

_ROLE_IN_WORDS = {"function": "", "pre": " pre-hook", "post": " post-hook", "error": " error-hook"}


def build(document: Document, files: Iterable[CodeFile], *, path: Path, target: Target) -> Definition:
    """Defaults are filled in here, and nowhere else."""
    data = document.data
    folder = path.parent
    bot = _bot(data["bot"])
    specs = {file.role: _function(document, file, bot.name) for file in files}
    hooks: dict[HookRole, FunctionSpec] = {role: specs[role] for role in ("pre", "post", "error") if role in specs}
    return Definition(
        path=path,
        folder=folder,
        version=1,
        target=target,
        account=data["account"],
        function=specs["function"],
        hooks=hooks,
        bot=bot,
        test_connection=_test_connection(data.get("test_connection", {})),
        conversations=(folder / data["conversations"]).resolve() if "conversations" in data else None,
        emulator=_emulator(document, bot),
        protected=data.get("protected", False),
    )


def _function(document: Document, file: CodeFile, bot_name: str) -> FunctionSpec:
    path = path_of_role(file.role)
    given = document.get(*path)
    environment: dict[str, str | SecretReference] = {
        name: document.secrets.get((*path, "environment", name), value)
        for name, value in given.get("environment", {}).items()
    }
    if "environment" not in given and file.config.environment:
        environment.update(file.config.environment)
    return FunctionSpec(
        role=file.role,
        name=given["name"],
        description=given.get("description")
        or file.config.description
        or _description(bot_name, _ROLE_IN_WORDS[file.role]),
        event_id=EVENT_OF_ROLE[file.role],
        code_path=file.path,
        code=file.text,
        environment=environment,
        skills=tuple(given.get("skills", ())),
        size=given.get("size"),
        interface=given.get("interface"),
    )


def _description(bot_name: str, role: str) -> str:
    rest = f"{role} (faasctl)"
    limit = limits.DESCRIPTION_CHARACTERS.v1 or limits.DESCRIPTION_CHARACTERS.value
    return bot_name[: limit - len(rest)] + rest


def _bot(data: dict[str, Any]) -> BotSpec:
    escalation = data["escalation"]
    combining = data.get("combine_messages")
    disclaimer = data.get("data_disclaimer")
    return BotSpec(
        name=data["name"],
        bot_id=slug(data["name"]),
        agent=data["agent"],
        conversation=data.get("conversation", "messaging"),
        welcome_message=data.get("welcome_message", False),
        engagement_attributes=data.get("engagement_attributes", False),
        escalation_skill=escalation["skill"],
        escalation_messages=EscalationMessages(
            to_customer=escalation.get("message_to_customer"),
            to_agent=escalation.get("message_to_agent"),
            on_failure=escalation.get("failure_message"),
        ),
        disclaimer=disclaimer
        and Disclaimer(
            accepted_by=disclaimer["accepted_by"], accepted_on=date.fromisoformat(disclaimer["accepted_on"])
        ),
        combine_messages=combining
        and CombineMessages(
            most=combining["max"],
            window=_seconds(combining["window"]),
            after_typing=_seconds(combining.get("after_typing", combining["window"])),
        ),
    )


def slug(name: str) -> str:
    """`Order bot` -> `order-bot`; a name without Latin letters or digits gets a checksum instead."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    return "-".join(words) or f"bot-{zlib.crc32(name.encode()):08x}"


def _test_connection(data: dict[str, Any]) -> TestConnectionSpec:
    return TestConnectionSpec(**{name: _seconds(span) for name, span in data.items()})


def _emulator(document: Document, bot: BotSpec) -> EmulatorSpec:
    data = document.data.get("emulator", {})
    hosts = data.get("image_hosts")
    return EmulatorSpec(
        skills=tuple(data.get("skills", (bot.escalation_skill,))),
        agents=tuple(data.get("agents", (bot.agent,))),
        platform=local_platform(document),
        image_hosts=None if hosts is None else tuple(hosts),
        allowed_domains=tuple(data.get("allowed_domains", ())),
        secrets=_secrets(document, data.get("secrets", {})),
        deploy_delay=_seconds(data.get("deploy_delay", 0)),
        cold_start=_seconds(data.get("cold_start", 0)),
        offline=data.get("offline"),
        loose_limits=data.get("loose_limits", False),
        function_timeout=_seconds(data.get("function_timeout", limits.EXECUTION_SECONDS.value)),
    )


def _secrets(document: Document, values: dict[str, str]) -> dict[str, str | SecretReference]:
    for value in values.values():
        redactor.register(value)
    return {name: document.secrets.get(("emulator", "secrets", name), value) for name, value in values.items()}


def _seconds(span: str | float) -> float:
    return parse_duration(span) if isinstance(span, str) else float(span)
