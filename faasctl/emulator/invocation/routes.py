"""Invocations over HTTP (functions-api §7.2, §7.3). Query parameters are taken and ignored (§16.1)."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from faasctl.emulator.exchange import answer, json_body, json_text, path_value, resource
from faasctl.emulator.functions.errors import invalid
from faasctl.emulator.invocation import errors
from faasctl.emulator.invocation.envelope import read_envelope
from faasctl.emulator.invocation.isolation import asked_for
from faasctl.emulator.refusals import MalformedBody
from faasctl.emulator.runtime.pool import InstancesBusy
from faasctl.emulator.times import iso
from faasctl.facts import permissions
from faasctl.facts.isolation import DURATION_HEADER

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from faasctl.emulator.deployments.work import Deployer
    from faasctl.emulator.invocation.gateway import Gateway
    from faasctl.emulator.invocation.serving import Serving
    from faasctl.emulator.runtime.host import FunctionHost
    from faasctl.emulator.runtime.outcome import DeployedFunction
    from faasctl.emulator.sign_in.gate import Gate


class InvocationRoutes:
    def __init__(
        self, serving: Serving, gateway: Gateway, host: FunctionHost, deployer: Deployer, gate: Gate
    ) -> None:
        self._serving = serving
        self._gateway = gateway
        self._host = host
        self._deployer = deployer
        self._gate = gate

    def routes(self) -> list[Route]:
        base = "/api/account/{account}"
        return [
            resource(f"{base}/lambdas/{{uuid}}/invoke", post=self.by_uuid),
            resource(f"{base}/events/{{eventId}}/invoke", post=self.by_event),
            resource(f"{base}/events/{{eventId}}/isImplemented", get=self.is_implemented),
            resource(f"{base}/functions/{{uuid}}/test", post=self.test),
        ]

    async def by_uuid(self, request: Request) -> Response:
        self._gate.invoker(request, permissions.INVOKE)
        envelope = await _gateway_input(request)
        await self._deployer.settle(path_value(request, "account"))
        return json_text(await self._invoke(self._deployed(request), envelope, request))

    async def by_event(self, request: Request) -> Response:
        """All listeners in name order; the first that fails ends it."""
        self._gate.invoker(request, permissions.INVOKE)
        account, event_id = path_value(request, "account"), path_value(request, "eventId")
        envelope = await _gateway_input(request)
        await self._deployer.settle(account)
        listeners = self._serving.by_event(account, event_id)
        if not listeners:
            raise errors.nobody_listens(account, event_id)
        parts = []
        for listener in listeners:
            function = self._serving.by_uuid(account, listener.uuid)
            if function is None:
                continue
            head = json.dumps({"uuid": function.uuid, "timestamp": iso(time.time())})
            parts.append(f'{head[:-1]},"result":{await self._invoke(function, envelope, request)}}}')
        return json_text(f"[{','.join(parts)}]")

    async def is_implemented(self, request: Request) -> Response:
        self._gate.invoker(request, permissions.READ)
        account = path_value(request, "account")
        await self._deployer.settle(account)
        return answer({"implemented": bool(self._serving.by_event(account, path_value(request, "eventId")))})

    async def test(self, request: Request) -> Response:
        self._gate.user(request, permissions.INVOKE)
        try:
            envelope = read_envelope(await json_body(request))
        except MalformedBody as error:
            raise invalid(str(error)) from None
        await self._deployer.settle(path_value(request, "account"))
        function = self._deployed(request)
        with asked_for(request, self._gate, self._host) as isolation:
            try:
                outcome = await self._host.invoke(function, envelope, test=True, isolation=isolation)
            except InstancesBusy:
                raise errors.all_busy(function.name) from None
        if not outcome.ok:
            raise errors.failed_in_test(outcome, in_new_process=isolation is not None)
        logs = json.dumps([entry.as_json() for entry in outcome.logs])
        told = json_text(f'{{"result":{outcome.result},"logs":{logs}}}')
        if isolation is not None:
            told.headers[DURATION_HEADER] = f"{outcome.duration:.6f}"
        return told

    def _deployed(self, request: Request) -> DeployedFunction:
        account, uuid = path_value(request, "account"), path_value(request, "uuid")
        function = self._serving.by_uuid(account, uuid)
        if function is None:
            raise errors.not_serving(account, uuid)
        return function

    async def _invoke(self, function: DeployedFunction, envelope: dict[str, Any], request: Request) -> str:
        """The result's JSON text; refused with 901 when the function failed."""
        with asked_for(request, self._gate, self._host) as isolation:
            try:
                outcome = await self._gateway.invoke(
                    function, envelope, request_id=request.state.request_id, isolation=isolation
                )
            except InstancesBusy:
                raise errors.all_busy(function.name) from None
        if not outcome.ok:
            raise errors.failed_in_gateway(outcome)
        return outcome.result


async def _gateway_input(request: Request) -> dict[str, Any]:
    try:
        return read_envelope(await json_body(request))
    except MalformedBody as error:
        raise errors.bad_input(str(error)) from None
