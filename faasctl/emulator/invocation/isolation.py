"""Invocations that share no process with others, for whoever holds the operator's token. Ours."""

from __future__ import annotations

import contextlib
import uuid
from typing import TYPE_CHECKING

from faasctl.emulator.exchange import answer, json_body, nothing, path_value, resource
from faasctl.emulator.refusals import INVALID, Refusal
from faasctl.facts import isolation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from faasctl.emulator.runtime.host import FunctionHost
    from faasctl.emulator.sign_in.gate import Gate

_LONGEST = 128


@contextlib.contextmanager
def asked_for(request: Request, gate: Gate, host: FunctionHost) -> Iterator[str | None]:
    """The isolation that the request's header names, None without; `once` gives one that ends with the block."""
    named = request.headers.get(isolation.HEADER)
    if named is None:
        yield None
        return
    gate.operator(request)
    if not 0 < len(named) <= _LONGEST:
        raise Refusal(400, INVALID, f"{isolation.HEADER} must have 1 to {_LONGEST} characters")
    if named != isolation.ONCE:
        yield named
        return
    own = uuid.uuid4().hex
    try:
        yield own
    finally:
        host.release(own)


def routes(host: FunctionHost, gate: Gate) -> list[Route]:
    async def end(request: Request) -> Response:
        gate.operator(request)
        host.release(path_value(request, "isolation"))
        return nothing()

    async def set_up(request: Request) -> Response:
        gate.operator(request)
        body = await json_body(request)
        if not isinstance(body, dict) or body.get("coverage") is not True:
            raise Refusal(400, INVALID, 'the body must be {"coverage": true}')
        host.cover(path_value(request, "isolation"))
        return nothing()

    async def coverage(request: Request) -> Response:
        gate.operator(request)
        counted = await host.coverage(path_value(request, "isolation"))
        return answer([{"uuid": function.uuid, "functions": told["functions"]} for function, told in counted])

    return [
        resource(isolation.PATH, put=set_up, delete=end),
        resource(isolation.COVERAGE_PATH, get=coverage),
    ]
