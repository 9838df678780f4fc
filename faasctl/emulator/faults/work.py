"""Faults that the platform works on itself: it ends sessions, and lets deployments fail or take their time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from faasctl.emulator.accounts import Accounts
    from faasctl.emulator.deployments.state import Deployments
    from faasctl.emulator.faults.plan import Fault
    from faasctl.emulator.sign_in.state import Sessions

_WITHOUT_END_SECONDS = 10 * 365 * 86_400.0


class FaultWork:
    def __init__(self, accounts: Accounts, sessions: Sessions, deployments: Deployments) -> None:
        self._accounts = accounts
        self._sessions = sessions
        self._deployments = deployments

    def prepare(self, account: str, fault: Fault) -> None:
        """Called before the call that meets the fault is carried out."""
        match fault.kind:
            case "signed-in-elsewhere":
                self._sessions.end_all(account)
            case "deployment-fails":
                self._accounts.script_next_deployment(account, fault.reason)
            case "deployment-hangs":
                self._deployments.delay_next(account, _WITHOUT_END_SECONDS)
            case "deployment-late":
                self._deployments.delay_next(account, fault.seconds)
