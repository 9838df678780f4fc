"""The part of bot.yaml's schema that is about the local account."""

from __future__ import annotations

from faasctl.definition.schema_parts import (
    AS_WRITTEN,
    PATTERN_MESSAGE,
    PRIVATE,
    RULE,
    SECRET_ALLOWED,
    Schema,
    list_of,
    mapping,
    span,
    switch,
    text,
)
from faasctl.facts import limits, secrets

_ALLOWED_DOMAIN = r"^(\*\.)?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$"
_HOST = r"^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$"

_SECRETS: Schema = {
    "type": "object",
    "description": "What the account's secret storage holds, by name, for SecretClient of the toolbelt. Values "
    "are text; numbers are taken as they are written. ${secret:name} takes a value from FAASCTL_SECRET_NAME or "
    "from the keyring, which keeps it out of this file.",
    "propertyNames": {
        "pattern": secrets.NAME_PATTERN,
        "maxLength": limits.SECRET_NAME_CHARACTERS.value,
        PATTERN_MESSAGE: "a secret's name is made of letters, digits, - and _",
        RULE: "bad-name",
    },
    "additionalProperties": {
        "type": ["string", "number"],
        "description": "The secret's value.",
        AS_WRITTEN: True,
        SECRET_ALLOWED: True,
        PRIVATE: True,
    },
    "default": {},
    "examples": [{"order-api-key": "${secret:order-api-key}"}],
}

EMULATOR = mapping(
    "What the local account holds besides the bot, and how it behaves. Only the target local reads it.",
    {
        "platform": text(
            "The generation of the account: v2, or v1, whose functions are lambdas with a callback.",
            "v1",
            enum=["v1", "v2"],
            default="v2",
        ),
        "skills": list_of(
            "Skills of the account. Defaults to the skill that the bot escalates to.",
            text("A skill's name.", "Billing"),
            ["Human Agents", "Billing"],
        ),
        "agents": list_of(
            "Bot users of the account. Defaults to the bot's own agent.",
            text("A bot user's login name.", "orderbot@example.com"),
            ["orderbot@example.com"],
        ),
        "image_hosts": list_of(
            "Hosts that images in rich content may come from, as the account's setting "
            "messaging.rich.content.valid.urls lists them. Without this key any host is taken.",
            text(
                "A host's name, without scheme, port, path or wildcard.",
                "cdn.example.com",
                pattern=_HOST,
                patternErrorMessage="a host is named without scheme, port, path or wildcard: cdn.example.com",
            ),
            ["cdn.example.com"],
        ),
        "allowed_domains": list_of(
            "Domains that functions of a V1 account may call, besides LivePerson's own: a host, or *. and a "
            "domain. V2 has no such list.",
            text(
                "A domain.",
                "*.example.com",
                pattern=_ALLOWED_DOMAIN,
                patternErrorMessage="a domain is named without scheme, port or path: api.example.com or "
                "*.example.com",
            ),
            ["*.example.com"],
            default=[],
        ),
        "secrets": _SECRETS,
        "deploy_delay": span("How long a deployment takes.", "0s", "3s"),
        "cold_start": span(
            "How long a function waits before it begins when no instance of it is warm.", "0s", "2s"
        ),
        "function_timeout": {
            **span(
                "After how long a run of a function is ended, as the platform ends it after "
                f"{limits.EXECUTION_SECONDS.value} s; less than that finds functions that come close.",
                f"{limits.EXECUTION_SECONDS.value}s",
                "10s",
            ),
            "maximum": limits.EXECUTION_SECONDS.value,
        },
        "offline": {
            "type": "boolean",
            "description": "Whether functions reach nothing but the local account. Without this key they reach "
            "the network, except in tests.",
            "examples": [True],
        },
        "loose_limits": switch(
            "Whether the looser limit holds where the platform's sources disagree. The checks of this file go by "
            "it with every target.",
            default=False,
        ),
    },
    default={},
    examples=[{"skills": ["Human Agents"], "deploy_delay": "3s"}],
)
