"""Invocations over HTTP (functions-api §7, V1): the gateway runs tests too, and an event may have no listener."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from faasctl.emulator.exchange import answer, json_body, path_value, resource
from faasctl.emulator.invocation.errors import bad_input
from faasctl.emulator.refusals import MalformedBody, Refusal
from faasctl.emulator.sign_in.gate import bearer, is_app_token
from faasctl.emulator.v1.errors import lambda_not_deployed, no_lambda
from faasctl.facts import isolation, limits
from faasctl.facts.function_errors import INTERFACE_WRONG, NOT_FOUND

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from faasctl.emulator.functions.state import Functions
    from faasctl.emulator.invocation.routes import InvocationRoutes


class LambdaInvocationRoutes:
    """Runs what V2's routes run, and says it as V1 does."""

    def __init__(self, invocation: InvocationRoutes, functions: Functions) -> None:
        self._invocation = invocation
        self._functions = functions

    def routes(self) -> list[Route]:
        base = "/api/account/{account}"
        return [
            resource(f"{base}/lambdas/{{uuid}}/invoke", post=self.by_uuid),
            resource(f"{base}/events/{{eventId}}/invoke", post=self.by_event),
            resource(f"{base}/events/{{eventId}}/isImplemented", get=self._invocation.is_implemented),
        ]

    async def by_uuid(self, request: Request) -> Response:
        try:
            if _is_test(request):
                await _check_input(request)
                return await self._invocation.test(request)
            return await self._invocation.by_uuid(request)
        except Refusal as refusal:
            if refusal.code == INTERFACE_WRONG.code:  # the envelope of a test
                raise bad_input(refusal.message) from None
            if refusal.code == NOT_FOUND.code:
                raise self._missing(request) from None
            raise

    def _missing(self, request: Request) -> Refusal:
        account, uuid = path_value(request, "account"), path_value(request, "uuid")
        try:
            return lambda_not_deployed(self._functions.get(account, uuid).name)
        except Refusal:
            return no_lambda(account, uuid)

    async def by_event(self, request: Request) -> Response:
        try:
            return await self._invocation.by_event(request)
        except Refusal as refusal:
            if refusal.code == NOT_FOUND.code:  # nobody listens (functions-api §7.3)
                return answer([])
            raise


async def _check_input(request: Request) -> None:
    """Holds a test's input to the debugger's limit; in an isolation it stands for the connector's own call."""
    try:
        body = await json_body(request)
    except MalformedBody as error:
        raise bad_input(str(error)) from None
    if not isinstance(body, dict) or isolation.HEADER in request.headers:
        return
    given = {key: body[key] for key in ("headers", "payload") if key in body}
    length = len(json.dumps(given, ensure_ascii=False, separators=(",", ":")))
    limit = limits.TEST_INPUT_CHARACTERS
    if length > limit.value:
        raise bad_input(f"the {limit.what} may have at most {limit.value} {limit.unit}, not {length}")


def _is_test(request: Request) -> bool:
    """A user's call is a test, with log lines in its answer, unless it names the system that it comes from."""
    return not is_app_token(bearer(request)) and "externalSystem" not in request.query_params
