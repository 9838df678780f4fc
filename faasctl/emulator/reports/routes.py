"""Reports over HTTP (functions-api §8); both generations ask for invocations in the same way."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from faasctl.emulator.exchange import answer, path_value, resource
from faasctl.emulator.reports import errors
from faasctl.emulator.time_span import read_span
from faasctl.facts import permissions
from faasctl.facts.invocation_reports import MISSPELLED, STATES

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from faasctl.emulator.accounts import Accounts
    from faasctl.emulator.reports.state import Reports
    from faasctl.emulator.sign_in.gate import Gate


def routes(reports: Reports, accounts: Accounts, gate: Gate) -> list[Route]:
    async def invocations(request: Request) -> Response:
        platform = accounts.platform(path_value(request, "account"))
        gate.user(request, permissions.REPORTS_V1 if platform == "v1" else permissions.REPORTS)
        span = read_span(request, now=time.time())
        account, uuid = path_value(request, "account"), path_value(request, "uuid")
        return answer(reports.invocations(account, uuid, span, _bucket(request), _states(request)))

    async def counts(request: Request) -> Response:
        gate.user(request, permissions.REPORTS)
        span = read_span(request, now=time.time(), default_start=0)
        return answer(reports.counts(path_value(request, "account"), span))

    base = "/api/account/{account}/reports"
    return [
        resource(f"{base}/invocationCounts", get=counts),
        resource(f"{base}/invocations/{{uuid}}", get=invocations),
    ]


def _bucket(request: Request) -> int:
    text = request.query_params.get("bucketSize", "")
    if not text.isascii() or not text.isdecimal() or len(text) > len("86400"):
        raise errors.unknown_bucket()
    return int(text)


def _states(request: Request) -> dict[str, str]:
    """The states that are asked for, each with the name by which the client asks for it and looks for it."""
    given = [state for state in request.query_params.getlist("invocationStates") if state]
    states = {MISSPELLED.get(state, state): state for state in given}
    for state in states:
        if state not in STATES:
            raise errors.unknown_state(state)
    return states
