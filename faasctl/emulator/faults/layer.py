"""Stands before a router and lets calls go wrong as the account's fault plan says.

A call is spoilt either before it is carried out, or after: then the platform has done what was asked, and only its
answer is late, broken, or never comes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from faasctl.emulator.faults import wire
from faasctl.emulator.faults.services import account_of
from faasctl.emulator.refusals import Refusal

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from faasctl.emulator.faults.plan import Fault, FaultPlans

FAULT = "faasctl.emulator.fault"
_HALF = b'[{"uuid": "5a0c8a3e-0d6f-4a55-9d43-'
_PAGE = b"<!DOCTYPE html><html><head><title>Bad gateway</title></head><body>a proxy's page</body></html>"


class FaultLayer:
    """`prepare` is told of a fault of the account whose work is the platform's own: it sets what comes up."""

    def __init__(self, services: ASGIApp, plans: FaultPlans, prepare: Callable[[str, Fault], None]) -> None:
        self._services = services
        self._plans = plans
        self._prepare = prepare

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        account = account_of(scope["path"])
        plan = None if account is None else self._plans.of(account)
        fault = None if plan is None else plan.next_fault(scope["method"], scope["path"])
        if account is None or fault is None:
            await self._services(scope, receive, send)
        elif fault.kind == "delay":
            await self._late(fault, scope, receive, send)
        elif fault.kind == "signed-in-elsewhere" or fault.kind.startswith("deployment-"):
            self._prepare(account, fault)
            await self._services(scope, receive, send)
        else:
            if fault.carried_out:
                body = await _carried_out(self._services, scope, receive)
            else:
                body = _HALF
                await wire.read_all(receive)
            await _spoil(fault, body, scope, receive, send)

    async def _late(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        if not fault.carried_out:
            await asyncio.sleep(fault.seconds)
            await self._services(scope, receive, send)
            return

        async def send_late(message: Message) -> None:
            if message["type"] == "http.response.start":
                await asyncio.sleep(fault.seconds)
            await send(message)

        await self._services(scope, receive, send_late)


async def _spoil(fault: Fault, body: bytes, scope: Scope, receive: Receive, send: Send) -> None:
    match fault.kind:
        case "reset":
            await wire.reset(scope, receive)
        case "reset-in-answer":
            await wire.send_half(send, body)
            await wire.reset(scope, receive)
        case "truncated":
            await wire.send_half(send, body)
            await wire.hang_up(scope, receive)
        case "not-json":
            await wire.send_page(send, fault.status, _PAGE)
        case _:
            headers = {} if fault.retry_after is None else {"retry-after": fault.retry_after}
            raise Refusal(fault.status, fault.code or FAULT, fault.reason, headers=headers)


async def _carried_out(services: ASGIApp, scope: Scope, receive: Receive) -> bytes:
    """Lets the platform do what was asked; the body of its answer, which nobody gets as it is."""
    body = bytearray()

    async def keep(message: Message) -> None:
        body.extend(message.get("body", b""))

    try:
        await services(scope, receive, keep)
    except Refusal as refusal:
        return refusal.code.encode()
    return bytes(body)
