"""Bodies of the operator's calls, read strictly: a key or a type that is not known is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from faasctl.emulator.operator.errors import invalid
from faasctl.facts.limits import EXECUTION_SECONDS
from faasctl.facts.permissions import ROLES

_ACCOUNT = re.compile(r"[A-Za-z0-9_-]{1,64}")
_IDENTIFIER = re.compile(r"[A-Za-z0-9_.@+-]{1,100}")
_LONGEST_DELAY_SECONDS = 3600.0

_LISTS = {"skills": "skills", "agents": "agents", "imageHosts": "image_hosts"}
_SWITCHES = {
    "refuseStaleVersions": "refuse_stale_versions",
    "looseLimits": "loose_limits",
    "failAtLogLimit": "fail_at_log_limit",
}


def check_account(account: str) -> None:
    if not _ACCOUNT.fullmatch(account):
        raise invalid("an account id consists of letters, digits, _ and -, 64 at most")


def check_identifier(value: str) -> None:
    if not _IDENTIFIER.fullmatch(value):
        raise invalid("an id consists of letters, digits, and _ . @ + -, 100 at most")


def allowed_domains(body: Mapping[str, Any]) -> list[str] | None:
    """V1's allow-list, which is no setting but a list of its own; None when the body does not name it."""
    return None if "allowedDomains" not in body else _texts("allowedDomains", body["allowedDomains"])


def settings_changes(body: Mapping[str, Any]) -> dict[str, Any]:
    """The account's settings that `body` names, as fields of accounts.Settings."""
    changes: dict[str, Any] = {}
    for key, value in body.items():
        if key in _LISTS:
            changes[_LISTS[key]] = _texts(key, value)
        elif key == "platform":
            if value not in ("v1", "v2"):
                raise invalid("platform must be v1 or v2")
            changes["platform"] = value
        elif key == "hosts":
            if value not in ("emulator", "liveperson"):
                raise invalid("hosts must be emulator or liveperson")
            changes["hosts"] = value
        elif key == "deployDelay":
            changes["deploy_delay"] = _seconds(key, value)
        elif key == "executionSeconds":
            changes["execution_seconds"] = _run_time(key, value)
        elif key in _SWITCHES:
            if not isinstance(value, bool):
                raise invalid(f"{key} must be true or false")
            changes[_SWITCHES[key]] = value
        elif key != "allowedDomains":
            raise invalid(f"an account has no setting {key!r}")
    return changes


def roles(body: Mapping[str, Any]) -> frozenset[str]:
    given = frozenset(_texts("roles", body.get("roles", sorted(ROLES))))
    if not given <= ROLES:
        raise invalid(f"roles are {', '.join(sorted(ROLES))}")
    return given


def text(body: Mapping[str, Any], key: str) -> str:
    value = body.get(key)
    if not isinstance(value, str) or not value:
        raise invalid(f"{key} must be a text")
    return value


def _texts(key: str, value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise invalid(f"{key} must be a list of texts")
    return value


def _seconds(key: str, value: Any) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 <= value <= _LONGEST_DELAY_SECONDS:
        raise invalid(f"{key} must be a number of seconds from 0 to {_LONGEST_DELAY_SECONDS:.0f}")
    return float(value)


def _run_time(key: str, value: Any) -> float:
    most = EXECUTION_SECONDS.value
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 < value <= most:
        raise invalid(f"{key} must be a number of seconds of more than 0, and {most} at most")
    return float(value)
