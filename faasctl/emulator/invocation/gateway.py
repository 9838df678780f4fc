"""Invocations as the gateway makes them: they are counted, and their log entries are kept (functions-api §8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from faasctl.errors import FaasctlError
from faasctl.facts.invocation_reports import PLATFORM_FAILURE, SUCCEEDED, state_of

if TYPE_CHECKING:
    from faasctl.emulator.invocation.recording import Recorder
    from faasctl.emulator.runtime.host import FunctionHost
    from faasctl.emulator.runtime.outcome import DeployedFunction, Outcome


class Gateway:
    def __init__(self, host: FunctionHost, recorder: Recorder) -> None:
        self._host = host
        self._recorder = recorder

    async def invoke(
        self,
        function: DeployedFunction,
        envelope: dict[str, Any],
        *,
        request_id: str,
        isolation: str | None = None,
    ) -> Outcome:
        """Runs the function once; an error of the runtime itself counts as the platform's failure."""
        try:
            outcome = await self._host.invoke(function, envelope, test=False, isolation=isolation)
        except FaasctlError:
            self._recorder.record(function.uuid, PLATFORM_FAILURE, (), request_id=request_id)
            raise
        state = SUCCEEDED if outcome.ok else state_of(outcome.error)
        self._recorder.record(function.uuid, state, outcome.logs, request_id=request_id)
        return outcome
