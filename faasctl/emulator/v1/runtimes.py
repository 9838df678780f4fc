"""The runtimes that a lambda can have: one (functions-api §4.3, §9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from faasctl.emulator.exchange import answer, resource
from faasctl.emulator.functions.errors import invalid
from faasctl.facts import permissions

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from faasctl.emulator.sign_in.gate import Gate

RUNTIME = {
    "uuid": "5d4d6c0e-7f0a-4c3e-9a52-2f8f4f1b6a22",
    "name": "Node.js 22",
    "baseImageName": "faasctl-emulator-node-22",
}
"""Official clients read the major version from the name; the version and the rest are assumed."""


def routes(gate: Gate) -> list[Route]:
    async def list_all(request: Request) -> Response:
        gate.user(request, permissions.READ)
        return answer([RUNTIME])

    return [resource("/api/account/{account}/runtimes", get=list_all)]


def check_runtime(given: Any) -> None:
    """Passes a runtime that the platform has; what names none is taken."""
    if given is None:
        return
    if not isinstance(given, dict):
        raise invalid("runtime must be an object")
    if given.get("uuid") not in (None, RUNTIME["uuid"]):
        raise invalid(f"there is no runtime {given['uuid']!r}")
