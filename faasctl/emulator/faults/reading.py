"""The JSON of a fault plan, read strictly and written back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, get_args

from faasctl.emulator.faults.plan import REASON, Fault, FaultPlan, Kind
from faasctl.emulator.faults.services import ROUTES
from faasctl.emulator.operator.errors import invalid
from faasctl.facts.function_errors import FUNCTION_FAILED_STATUS

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_MOST_FAULTS = 100
_LONGEST_SECONDS = 86_400.0
_KEYS = {
    "kind": "kind",
    "method": "method",
    "service": "service",
    "path": "path",
    "carriedOut": "carried_out",
    "times": "times",
    "after": "after",
    "probability": "probability",
    "seconds": "seconds",
    "status": "status",
    "retryAfter": "retry_after",
    "code": "code",
    "reason": "reason",
}


def read_plan(body: Mapping[str, Any]) -> FaultPlan:
    """Refused with 400 where a key or a value is not known."""
    for key in body:
        if key not in ("seed", "faults"):
            raise invalid(f"a fault plan has no key {key!r}")
    faults = body.get("faults")
    if not isinstance(faults, list) or len(faults) > _MOST_FAULTS:
        raise invalid(f"faults must be a list of {_MOST_FAULTS} at most")
    return FaultPlan(_whole(body, "seed", 0) or 0, tuple(_fault(fault) for fault in faults))


def _fault(given: Any) -> Fault:
    if not isinstance(given, Mapping):
        raise invalid("a fault must be an object")
    for key in given:
        if key not in _KEYS:
            raise invalid(f"a fault has no key {key!r}; keys are {', '.join(_KEYS)}")
    kind = _choice(given, "kind", get_args(Kind))
    if kind is None:
        raise invalid("a fault needs a kind")
    retry_after = given.get("retryAfter")
    status = _whole(given, "status", 200 if kind == "not-json" else 503)
    if status is None or not (200 <= status < 600 or status == FUNCTION_FAILED_STATUS):
        raise invalid(f"status must be 200 up to 599, or {FUNCTION_FAILED_STATUS}")
    carried_out = given.get("carriedOut", False)
    if not isinstance(carried_out, bool):
        raise invalid("carriedOut must be true or false")
    probability = _number(given, "probability", 1.0)
    if probability > 1:
        raise invalid("probability must be 0 up to 1")
    service: Any = _choice(given, "service", tuple(ROUTES))
    if kind.startswith("deployment-") and service is None:
        service = "deployments"
    return Fault(
        kind=kind,
        method=_choice(given, "method", _METHODS),
        service=service,
        path=_text(given, "path"),
        carried_out=carried_out,
        times=_whole(given, "times", None),
        after=_whole(given, "after", 0) or 0,
        probability=probability,
        seconds=_number(given, "seconds", 0.0),
        status=status,
        retry_after=None if retry_after is None else str(retry_after),
        code=_text(given, "code"),
        reason=_text(given, "reason") or REASON,
    )


def written_plan(plan: FaultPlan) -> dict[str, Any]:
    """The plan as it was given, with `matched` and `hit` of each fault so far."""
    return {
        "seed": plan.seed,
        "faults": [
            {
                **{key: getattr(fault, name) for key, name in _KEYS.items() if name in _named(fault)},
                **counts,
            }
            for fault, counts in zip(plan.faults, plan.counts(), strict=True)
        ],
    }


def _named(fault: Fault) -> set[str]:
    """The fields that are not as they are by default."""
    return {part.name for part in fields(fault) if getattr(fault, part.name) != part.default}


def _choice(given: Mapping[str, Any], key: str, choices: tuple[str, ...]) -> Any:
    value = given.get(key)
    if value is not None and value not in choices:
        raise invalid(f"{key} must be one of {', '.join(choices)}")
    return value


def _text(given: Mapping[str, Any], key: str) -> str | None:
    value = given.get(key)
    if value is not None and not isinstance(value, str):
        raise invalid(f"{key} must be a text")
    return value


def _whole(given: Mapping[str, Any], key: str, default: int | None) -> int | None:
    value = given.get(key, default)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
        raise invalid(f"{key} must be a whole number")
    return value


def _number(given: Mapping[str, Any], key: str, default: float) -> float:
    value = given.get(key, default)
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 <= value <= _LONGEST_SECONDS:
        raise invalid(f"{key} must be a number, 0 up to {_LONGEST_SECONDS:g}")
    return float(value)
