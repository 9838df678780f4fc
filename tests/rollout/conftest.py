"""A real emulator, with an account in which functions can be deployed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from faasctl.deadline import Deadline
from faasctl.emulator.server import Emulator
from faasctl.facts.events import CUSTOM_INTEGRATION
from faasctl.liveperson.connect import connect
from faasctl.liveperson.credentials import SessionToken
from faasctl.liveperson.emulated import EmulatedAccounts
from faasctl.liveperson.model import AccountSettings, RemoteFunction
from faasctl.liveperson.network import Network

if TYPE_CHECKING:
    from faasctl.liveperson.platform import Platform

_accounts = itertools.count(1)


@dataclass(frozen=True, kw_only=True)
class Account:
    """An account of its own on the emulator."""

    name: str
    emulated: EmulatedAccounts
    platform: Platform

    def slow(self, seconds: float) -> None:
        """From now on a deployment takes so long."""
        self.emulated.provision(self.name, AccountSettings(deploy_delay=seconds))

    def fail_next(self, reason: str) -> None:
        """The next deployment fails."""
        path = f"/emulator/accounts/{self.name}/next-deployment"
        body = {"outcome": "failed", "reason": reason}
        self.emulated._send("PUT", path, "scripting a failure", None, body)

    def function(self, name: str, code: str = "async function lambda() { return 1; }") -> RemoteFunction:
        created = self.platform.create_function(name, description="d", event_id=CUSTOM_INTEGRATION)
        return self.push(created, code)

    def push(self, function: RemoteFunction, code: str) -> RemoteFunction:
        now = self.platform.function(function.uuid)
        assert now.manifest is not None
        self.platform.update_manifest(now.uuid, now.manifest, code=code, environment={})
        return self.platform.function(now.uuid)


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    with Emulator(tmp_path_factory.mktemp("emulator") / "state") as running:
        yield running


@pytest.fixture
def account(emulator: Emulator) -> Iterator[Account]:
    endpoint, name, deadline = emulator.endpoint, f"account-{next(_accounts)}", Deadline(60)
    emulated = EmulatedAccounts(endpoint.url, endpoint.operator_token, deadline=deadline)
    emulated.provision(name, AccountSettings())
    platform = connect(
        name,
        SessionToken(bearer=endpoint.operator_token, user_id=endpoint.operator_id),
        network=Network(domain_url=endpoint.url, reach_at=endpoint.url),
        deadline=deadline,
    )
    yield Account(name=name, emulated=emulated, platform=platform)
    platform.close()
    emulated.close()
