"""The log export over HTTP, by V2's path and by V1's (functions-api §8)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from starlette.responses import Response

from faasctl.emulator.exchange import path_value, resource
from faasctl.emulator.logs import errors
from faasctl.emulator.time_span import read_span
from faasctl.facts import permissions
from faasctl.facts.log_export import LEVELS

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.routing import Route

    from faasctl.emulator.logs.state import Logs
    from faasctl.emulator.sign_in.gate import Gate


def routes(logs: Logs, gate: Gate) -> list[Route]:
    def exported(request: Request, uuid: str) -> Response:
        levels = [level for level in request.query_params.getlist("filterLevels") if level]
        unknown = [level for level in levels if level not in LEVELS]
        if unknown:
            raise errors.unknown_level(unknown[0])
        text = logs.export(path_value(request, "account"), uuid, read_span(request, now=time.time()), levels)
        return Response(text.encode(), media_type="text/csv")

    async def of_v2(request: Request) -> Response:
        gate.user(request, permissions.REPORTS)
        return exported(request, path_value(request, "uuid"))

    async def of_v1(request: Request) -> Response:
        gate.user(request, permissions.REPORTS_V1)
        uuid = request.query_params.get("lambdaUUID")
        if not uuid:
            raise errors.no_function_named()
        return exported(request, uuid)

    base = "/api/account/{account}"
    return [
        resource(f"{base}/functions/{{uuid}}/logs/export", get=of_v2),
        resource(f"{base}/logs/export", get=of_v1),
    ]
