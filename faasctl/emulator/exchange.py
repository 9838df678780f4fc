"""Reading requests and writing answers; every body is JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from faasctl.emulator.refusals import WRONG_METHOD, MalformedBody, Refusal
from faasctl.nesting import is_text_deeper

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

Handler = Callable[[Request], Awaitable[Response]]
_DEEPEST = 500
"""Levels of nesting in a body. How deep Python's JSON goes hangs on how deep its caller stands: what could just be
read could not be written where it is passed on."""


def answer(data: Any, status: int = 200) -> Response:
    return json_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), status)


def json_text(text: str, status: int = 200) -> Response:
    """An answer whose JSON text is there already. Half a surrogate pair becomes its JSON escape."""
    return Response(text.encode("utf-8", "backslashreplace"), status, media_type="application/json")


def nothing(status: int = 204) -> Response:
    return Response(b"", status)


def path_value(request: Request, name: str) -> str:
    return str(request.path_params[name])


async def json_body(request: Request) -> Any:
    """The body as JSON; MalformedBody when it is none, or cannot be passed on: as UTF-8, and as JSON again."""
    raw = await request.body()
    try:
        value = json.loads(raw, parse_constant=_refuse_constant, parse_float=_finite)
        if b"\\u" in raw:
            json.dumps(value, ensure_ascii=False).encode()
    except ValueError as error:
        raise MalformedBody(f"the body is not JSON: {error}") from None
    except RecursionError:
        raise _too_deep() from None
    if is_text_deeper(raw, value, _DEEPEST):
        raise _too_deep()
    return value


async def json_object(request: Request) -> dict[str, Any]:
    """The body as a JSON object."""
    value = await json_body(request)
    if not isinstance(value, dict):
        raise MalformedBody("the body is not a JSON object")
    return value


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON number")


def _finite(text: str) -> float:
    """Of a number that no double holds Python makes infinity, which no JSON has."""
    number = float(text)
    if math.isinf(number):
        raise ValueError(f"{text[:40]} is too large a number")
    return number


def _too_deep() -> MalformedBody:
    return MalformedBody(f"the body is nested deeper than {_DEEPEST} levels")


class _Resource:
    """One path with a handler for each of its methods; others get 405 with all that are allowed."""

    def __init__(self, handlers: dict[str, Handler]) -> None:
        self._handlers = handlers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        handler = self._handlers.get(scope["method"])
        if handler is None:
            allowed = ", ".join(sorted(self._handlers))
            raise Refusal(405, WRONG_METHOD, f"this path knows only {allowed}", headers={"allow": allowed})
        response = await handler(Request(scope, receive))
        await response(scope, receive, send)


def resource(path: str, **handlers: Handler) -> Route:
    """The route of `path`; the keywords are methods in lower case: `resource("/x", get=read_x)`."""
    return Route(path, _Resource({method.upper(): handler for method, handler in handlers.items()}))
