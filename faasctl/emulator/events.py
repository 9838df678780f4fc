"""The event catalogue (functions-api §5.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faasctl.emulator.exchange import answer, resource
from faasctl.facts import permissions
from faasctl.facts.events import CATALOGUE

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from faasctl.emulator.sign_in.gate import Gate


def routes(gate: Gate) -> list[Route]:
    async def list_all(request: Request) -> Response:
        gate.user(request, permissions.READ)
        return answer(
            [
                {
                    "eventId": event.event_id,
                    "eventName": event.name,
                    "description": event.name,
                    "lambdaLimit": event.function_limit,
                }
                for event in CATALOGUE
            ]
        )

    return [resource("/api/account/{account}/events", get=list_all)]
