"""From an answer that is no success to the error that says so."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from faasctl.errors import (
    AnsweredError,
    ChangedRemotely,
    FunctionFailed,
    NotFound,
    NotSignedIn,
    PermissionMissing,
    PlatformBroke,
    PlatformError,
    RateLimited,
)
from faasctl.facts.function_errors import (
    BY_CODE,
    CONTRACT_ERROR_V1,
    FUNCTION_FAILED_STATUS,
    UNCHANGED,
    VALIDATION_PREFIX,
)
from faasctl.facts.isolation import DURATION_HEADER
from faasctl.facts.stack_header import HEADER as STACK_HEADER
from faasctl.liveperson.exchange import Answer, Request, unreadable
from faasctl.log_entry import LogEntry
from faasctl.redaction import redactor

_LONGEST_MESSAGE = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fault:
    """What an error body says, in whichever of its forms."""

    code: str | None = None
    message: str | None = None
    logs: tuple[LogEntry, ...] = ()


def alone(answer: Answer) -> float | None:
    """What a function itself took, in seconds, where the call waited for a new process; None where it did not."""
    told = answer.headers.get(DURATION_HEADER.lower())
    return None if told is None else float(told)


def error_for(answer: Answer, request: Request) -> AnsweredError:
    """The error that `answer` (not 2xx) stands for."""
    if 300 <= answer.status < 400 and answer.status != 304:
        return unreadable(answer, request.purpose, "is a redirect, which faasctl does not follow with a session")
    fault = _read(answer.body)
    kind = _kind(answer.status)
    return kind(
        _sentence(answer, request, fault),
        hint=_hint(kind, answer, request, fault),
        code=fault.code,
        reason=None if fault.message is None else redactor.text(fault.message),
        status=answer.status,
        request_id=answer.request_id,
        logs=fault.logs,
        stack=unquote(answer.headers.get(STACK_HEADER.lower(), "")) or None,
        seconds=alone(answer),
    )


def changes_nothing(error: AnsweredError) -> bool:
    """Whether the platform only says that an update holds no change (functions-api §3)."""
    return error.code == UNCHANGED.code or error.status == 304


def read_logs(entries: Any) -> tuple[LogEntry, ...]:
    """Log entries of an answer; what is none is left out, for logs are never worth an error."""
    if not isinstance(entries, list):
        return ()
    return tuple(_log_entry(entry) for entry in entries if isinstance(entry, dict))


def _log_entry(entry: dict[str, Any]) -> LogEntry:
    extras = entry.get("extras")
    moment = entry.get("timestamp")
    return LogEntry(
        level=str(entry.get("level", "Info")),
        message=str(entry.get("message", "")),
        extras=tuple(extras) if isinstance(extras, list) else (),
        timestamp=moment if isinstance(moment, int) else 0,
    )


def _kind(status: int) -> type[AnsweredError]:
    kinds: dict[int, type[AnsweredError]] = {
        401: NotSignedIn,
        403: PermissionMissing,
        404: NotFound,
        409: ChangedRemotely,
        429: RateLimited,
        FUNCTION_FAILED_STATUS: FunctionFailed,
    }
    if status in kinds:
        return kinds[status]
    return PlatformBroke if 500 <= status < 600 else PlatformError


def _read(body: bytes) -> _Fault:
    """V2 `{code, message}`, V1 `{errorCode, errorMsg}`, sign-in `{error: {message}}`, OAuth `{error}`, or none."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return _Fault()
    if not isinstance(data, dict):
        return _Fault()
    inner = data.get("error")
    nested = inner if isinstance(inner, dict) else {}
    return _Fault(
        code=_text(data.get("code"), data.get("errorCode"), nested.get("code"), inner),
        message=_text(
            data.get("message"), data.get("errorMsg"), nested.get("message"), data.get("error_description")
        ),
        logs=read_logs(data.get("errorLogs")),
    )


def _text(*candidates: Any) -> str | None:
    """The first that is a text, on one line and without control characters."""
    for candidate in candidates:
        if isinstance(candidate, str) and candidate.strip():
            line = " ".join(candidate.split())
            line = "".join(sign for sign in line if sign.isprintable())
            return line if len(line) <= _LONGEST_MESSAGE else line[:_LONGEST_MESSAGE] + "…"
    return None


def _sentence(answer: Answer, request: Request, fault: _Fault) -> str:
    said = f"HTTP {answer.status}" + (f", {fault.code}" if fault.code else "")
    reason = fault.message or _meaning(fault) or _plain(answer.status)
    told = redactor.text(f"{reason} ({said}")  # a platform may repeat what it was sent
    return f"{request.purpose} failed: {told}, request id {answer.request_id})"


def _meaning(fault: _Fault) -> str | None:
    known = BY_CODE.get(fault.code or "")
    return known.meaning if known else None


def _plain(status: int) -> str:
    meanings = {
        304: "there is nothing to change",
        400: "the platform takes the request for malformed",
        401: "the session is missing, wrong or has ended",
        403: "the permission is missing",
        404: "there is no such thing in the account",
        408: "the platform did not get the whole request in time",
        409: "it collides with the state of the account",
        429: "the platform is busy",
        FUNCTION_FAILED_STATUS: "the function failed",
    }
    if status in meanings:
        return meanings[status]
    return "the platform broke" if status >= 500 else "the platform refused it"


def _hint(kind: type[AnsweredError], answer: Answer, request: Request, fault: _Fault) -> str | None:
    known = BY_CODE.get(fault.code or "")
    if known:
        return known.advice
    if fault.code and (fault.code.startswith(VALIDATION_PREFIX) or CONTRACT_ERROR_V1 in fault.code):
        return "Run `faasctl validate`."
    if kind is PermissionMissing and request.permission:
        return (
            f"The user needs the permission {request.permission}, which an administrator of the account gives. "
            "The platform answers so to a token of another account and to one that has ended, too: sign in again."
        )
    hints: dict[type[AnsweredError], str] = {
        NotSignedIn: "Sign in again: `faasctl login`. A sign-in of the same user elsewhere ends this session.",
        PermissionMissing: "Sign in again, or ask an administrator of the account for the permission.",
        ChangedRemotely: "A deployment may be under way, or somebody else changed the account: run it again.",
        RateLimited: "Wait a minute, then run it again.",
        PlatformBroke: "Run it again; if it stays, ask LivePerson's support and give the request id.",
    }
    if answer.status == 407:
        return "Give HTTPS_PROXY the proxy's user and password."
    if answer.status == 408:
        return "Run it again; if it stays, look at the network: a proxy may hold the request back."
    return hints.get(kind)
