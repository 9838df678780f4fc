"""What a body says of a schedule; every refusal names the field and the limit (functions-api §9)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from faasctl.emulator.functions.errors import invalid
from faasctl.emulator.invocation.envelope import read_headers
from faasctl.emulator.refusals import MalformedBody
from faasctl.emulator.schedules import cron, errors
from faasctl.facts import limits

if TYPE_CHECKING:
    from faasctl.facts.limits import Limit
    from faasctl.facts.services import Generation

DEFAULT_ZONE = "Etc/UTC"
_FUNCTION_KEYS = ("functionUuid", "lambdaUUID")
"""The type of V2 names the one, its official client sends the other (C)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleChange:
    """The fields that a body holds; None for those it does not. `body` is what the function will receive."""

    function_uuid: str | None = None
    cron: str | None = None
    time_zone: str | None = None
    active: bool | None = None
    description: str | None = None
    body: Mapping[str, Any] | None = None


def read_change(body: Mapping[str, Any], platform: Generation) -> ScheduleChange:
    """The fields one by one; whether expression and time zone go together is checked where they are joined."""
    active = body.get("isActive")
    if active is not None and not isinstance(active, bool):
        raise invalid("isActive must be true or false")
    time_zone = _text(body, "timeZone", None)
    if platform == "v1" and time_zone is not None and time_zone not in cron.UTC_NAMES:
        raise errors.utc_only()
    return ScheduleChange(
        function_uuid=_function(body),
        cron=_text(body, "cronExpression", limits.SCHEDULE_CRON_CHARACTERS),
        time_zone=time_zone,
        active=active,
        description=_text(body, "description", limits.SCHEDULE_DESCRIPTION_CHARACTERS),
        body=_invocation_body(body, platform),
    )


def _function(body: Mapping[str, Any]) -> str | None:
    given = {key: text for key in _FUNCTION_KEYS if (text := _text(body, key, None))}
    if len(set(given.values())) > 1:
        raise invalid(f"{' and '.join(given)} name different functions")
    return next(iter(given.values()), None)


def _invocation_body(body: Mapping[str, Any], platform: Generation) -> dict[str, Any] | None:
    given = body.get("invocationBody")
    if given is None:
        return None
    if not isinstance(given, dict):
        raise invalid("invocationBody must be an object")
    payload = given.get("payload", {})
    limit = limits.SCHEDULE_PAYLOAD_CHARACTERS
    allowed = limit.of(platform)
    length = len(json.dumps(payload, ensure_ascii=False, separators=(",", ":")))
    if length > allowed:
        raise invalid(f"the {limit.what} may have at most {allowed} {limit.unit}, not {length}")
    return {"headers": _headers(given.get("headers")), "payload": payload}


def _headers(given: Any) -> list[dict[str, str]]:
    """A list of key and value, or an object: the type of V2 and the envelope of an invocation differ (C)."""
    if isinstance(given, dict):
        given = [{"key": key, "value": value} for key, value in given.items()]
    try:
        return read_headers(given or [])
    except MalformedBody as error:
        raise invalid(f"invocationBody: {error}") from None


def _text(body: Mapping[str, Any], key: str, limit: Limit | None) -> str | None:
    value = body.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise invalid(f"{key} must be a string")
    if limit is not None and len(value) > limit.value:
        raise invalid(f"the {limit.what} may have at most {limit.value} {limit.unit}, not {len(value)}")
    return value
