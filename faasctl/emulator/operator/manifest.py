"""The bot manifest (third-party-bots §12): its fields, their types and defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from faasctl.emulator.operator.errors import invalid
from faasctl.facts import events

OFFLINE = "OFFLINE"
ONLINE = "ONLINE"
NO_CONSENT: dict[str, Any] = {"accepted": False, "by": None, "on": None, "at": None}


@dataclass(frozen=True, slots=True)
class _Field:
    default: Any
    types: tuple[type, ...]
    choices: tuple[str, ...] = ()


_TEXT = _Field("", (str,))
_FLAG = _Field(False, (bool,))
_REFERENCE = _Field(None, (str, type(None)))
_SECONDS = _Field(None, (int, float, type(None)))
_TWO = _Field(2, (int, float))

_FIELDS: dict[str, Any] = {
    "botId": _TEXT,
    "type": _Field("AGENT", (str,), ("AGENT",)),  # survey bots serve another vendor only (§1.4)
    "name": _TEXT,
    "agent": {"loginName": _TEXT, "exclusive": _Field(True, (bool,))},
    "conversationType": _Field("MESSAGING", (str,), ("MESSAGING", "CHAT")),
    "conversation": {
        "welcomeMessage": _FLAG,
        "combine": {"enabled": _FLAG, "max": _TWO, "windowSec": _TWO, "afterTypingSec": _TWO},
        "engagementAttributes": _FLAG,
        "warnAfterSec": _SECONDS,
        "closeAfterSec": _SECONDS,
    },
    "errorHandling": {
        "toCustomer": _TEXT,
        "toAgent": _TEXT,
        "failure": _TEXT,
        "skill": _TEXT,
        "errorHook": _REFERENCE,
    },
    "vendor": {
        "kind": _Field("FAAS", (str,), ("FAAS",)),
        "functionUuid": _TEXT,
        "preHook": _REFERENCE,
        "postHook": _REFERENCE,
    },
}

_NOT_SETTABLE = {"": ("state", "draft"), "vendor": ("disclaimer",)}
"""What a reader sees and a writer may send back, but only the emulator sets."""


def read_manifest(bot_id: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """The manifest that `body` stands for, with defaults where it says nothing; refused where it is malformed."""
    manifest = _read(_FIELDS, {"botId": bot_id, **body}, "")
    if manifest["botId"] != bot_id:
        raise invalid(f"botId is {manifest['botId']}, but the path names {bot_id}")
    for where, value in (
        ("name", manifest["name"]),
        ("agent.loginName", manifest["agent"]["loginName"]),
        ("vendor.functionUuid", manifest["vendor"]["functionUuid"]),
    ):
        if not value:
            raise invalid(f"{where} is missing")
    return manifest


def functions_of(manifest: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """The functions that a bot uses: field, uuid, and the event it has to listen to."""
    vendor, failure = manifest["vendor"], manifest["errorHandling"]
    fields = [
        ("vendor.functionUuid", vendor["functionUuid"], events.CUSTOM_INTEGRATION),
        ("vendor.preHook", vendor["preHook"], events.PRE_HOOK),
        ("vendor.postHook", vendor["postHook"], events.POST_HOOK),
        ("errorHandling.errorHook", failure["errorHook"], events.ERROR_HOOK),
    ]
    return [(field, uuid, event) for field, uuid, event in fields if uuid]


def _read(fields: Mapping[str, Any], given: Any, where: str) -> dict[str, Any]:
    if not isinstance(given, Mapping):
        raise invalid(f"{where} must be an object")
    for key in given:
        if key not in fields and key not in _NOT_SETTABLE.get(where, ()):
            raise invalid(f"a bot has no field {_join(where, key)}")
    result: dict[str, Any] = {}
    for key, field in fields.items():
        path = _join(where, key)
        if isinstance(field, dict):
            result[key] = _read(field, given.get(key, {}), path)
        else:
            result[key] = _value(field, given.get(key, field.default), path)
    return result


def _value(field: _Field, value: Any, path: str) -> Any:
    if not isinstance(value, field.types) or (isinstance(value, bool) and bool not in field.types):
        raise invalid(f"{path} has the wrong type")
    if field.choices and value not in field.choices:
        raise invalid(f"{path} must be one of {', '.join(field.choices)}")
    return value


def _join(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key
