"""What a function receives: `{timestamp, headers, payload}` (functions-api §7.1)."""

from __future__ import annotations

import time
from typing import Any

from faasctl.emulator.refusals import MalformedBody


def read_envelope(body: Any) -> dict[str, Any]:
    """The function's input from a request's body; MalformedBody when the body is no such envelope.

    The payload may be any JSON. A timestamp that is missing becomes the time in milliseconds.
    """
    if not isinstance(body, dict):
        raise MalformedBody("the body is not a JSON object")
    headers = read_headers(body.get("headers", []))
    timestamp = body.get("timestamp", int(time.time() * 1000))
    if not isinstance(timestamp, (int, float)) or isinstance(timestamp, bool):
        raise MalformedBody("timestamp must be a number")
    return {"timestamp": timestamp, "headers": headers, "payload": body.get("payload")}


def read_headers(headers: Any) -> list[dict[str, str]]:
    """A list of objects with key and value; MalformedBody when it is none."""
    if not isinstance(headers, list) or not all(map(_is_header, headers)):
        raise MalformedBody("headers must be a list of objects with key and value")
    return headers


def _is_header(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("key"), str) and isinstance(value.get("value"), str)
