"""Which error an answer becomes, and what it says."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    UnreadableAnswer,
)
from faasctl.liveperson.answers import changes_nothing, error_for
from faasctl.liveperson.exchange import Answer, Request
from faasctl.log_entry import LogEntry
from faasctl.redaction import redactor

REQUEST = Request(
    method="POST",
    host="functions.example.net",
    path="/functions",
    purpose="creating function OrderBot",
    permission="FaaS-Developer",
)


def _error(status: int, body: Any = None, *, request: Request = REQUEST) -> AnsweredError:
    content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    answer = Answer(status=status, server="functions.example.net", request_id="r-1", headers={}, body=content)
    return error_for(answer, request)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (304, PlatformError),
        (307, UnreadableAnswer),
        (400, PlatformError),
        (401, NotSignedIn),
        (403, PermissionMissing),
        (404, NotFound),
        (405, PlatformError),
        (408, PlatformError),
        (409, ChangedRemotely),
        (429, RateLimited),
        (500, PlatformBroke),
        (502, PlatformBroke),
        (504, PlatformBroke),
        (901, FunctionFailed),
    ],
)
def test_each_status_has_its_error(status: int, kind: type[AnsweredError]) -> None:
    error = _error(status)
    assert type(error) is kind
    assert (error.status, error.request_id) == (status, "r-1")


def test_a_request_that_did_not_arrive_whole_is_told_as_such() -> None:
    error = _error(408)
    assert "did not get the whole request in time" in error.message
    assert "a proxy" in (error.hint or "")


@pytest.mark.parametrize(
    "body",
    [
        {"code": "com.liveperson.faas.fm.validation.interface-wrong", "message": "Name! is wrong"},
        {"errorCode": "com.liveperson.faas.fm.validation.interface-wrong", "errorMsg": "Name! is wrong"},
    ],
)
def test_a_refusal_is_told_with_purpose_reason_status_code_and_request_id(body: dict[str, str]) -> None:
    error = _error(400, body)
    assert error.code == "com.liveperson.faas.fm.validation.interface-wrong"
    assert error.message == (
        "creating function OrderBot failed: Name! is wrong "
        "(HTTP 400, com.liveperson.faas.fm.validation.interface-wrong, request id r-1)"
    )
    assert error.hint == "Run `faasctl validate`."


@pytest.mark.parametrize(
    ("status", "body", "message"),
    [
        (401, {"error": {"message": "no"}}, "no (HTTP 401, request id r-1)"),
        (400, {"error": "invalid_client"}, "(HTTP 400, invalid_client, request id r-1)"),
        (404, b"<html>gone</html>", "there is no such thing in the account (HTTP 404, request id r-1)"),
        (503, b"", "the platform broke (HTTP 503, request id r-1)"),
        (418, [1], "the platform refused it (HTTP 418, request id r-1)"),
        (409, {"message": None}, "it collides with the state of the account (HTTP 409, request id r-1)"),
        (
            901,
            {"code": "com.customer.faas.function.execution-exceeded"},
            "30 s) (HTTP 901, com.customer.faas.function.execution-exceeded, request id r-1)",
        ),
    ],
)
def test_every_form_of_an_error_body_is_understood(status: int, body: Any, message: str) -> None:
    assert _error(status, body).message.endswith(message)


def test_a_failed_function_keeps_its_log_lines() -> None:
    logs = [
        {"level": "Error", "message": "boom", "extras": [{"a": 1}], "timestamp": 1_763_700_000_000},
        "no entry",
        {"message": 5},
    ]
    error = _error(901, {"code": "com.customer.faas.function.threw-error", "message": "boom", "errorLogs": logs})
    assert error.logs == (
        LogEntry(level="Error", message="boom", extras=({"a": 1},), timestamp=1_763_700_000_000),
        LogEntry(level="Info", message="5"),
    )


def test_a_missing_permission_is_named() -> None:
    hint = _error(403).hint
    assert hint is not None
    assert hint.startswith("The user needs the permission FaaS-Developer, ")
    assert "sign in again" in hint


def test_an_ended_session_says_what_to_do() -> None:
    assert "faasctl login" in (_error(401).hint or "")


def test_an_unchanged_update_is_known_in_both_forms() -> None:
    assert changes_nothing(_error(400, {"code": "com.liveperson.faas.function.unchanged"}))
    assert changes_nothing(_error(304))
    assert not changes_nothing(_error(400, {"code": "com.liveperson.faas.function.conflict"}))


def test_secrets_in_the_platforms_words_are_masked() -> None:
    redactor.register("opaque-value-of-a-session")
    error = _error(400, {"message": "token opaque-value-of-a-session is odd"})
    assert "opaque-value" not in error.message


def test_control_characters_of_the_platform_do_not_reach_the_terminal() -> None:
    error = _error(400, {"message": "a\x1b[31mb\nc"})
    assert "failed: a[31mb c (" in error.message


@given(status=st.integers(min_value=300, max_value=999), body=st.binary(max_size=60))
def test_any_answer_becomes_an_error(status: int, body: bytes) -> None:
    error = _error(status, body)
    assert isinstance(error, AnsweredError)
    assert error.message.startswith("creating function OrderBot failed: ")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(st.sampled_from(["code", "message", "error", "errorLogs", "errorCode", "level"]), inner)
    ),
    max_leaves=12,
)


@given(_JSON)
def test_any_json_in_an_error_body_becomes_an_error(body: Any) -> None:
    error = _error(400, body)
    assert error.code is None or isinstance(error.code, str)
    assert "\n" not in error.message
