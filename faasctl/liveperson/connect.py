"""From an account's number and a credential to a signed-in Platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faasctl.facts.services import FUNCTIONS_GATEWAY, FUNCTIONS_UI, is_v2_gateway
from faasctl.liveperson.network import Network

if TYPE_CHECKING:
    from collections.abc import Callable

    from faasctl.deadline import Deadline
    from faasctl.liveperson.credentials import ClientCredentials, Credential, SessionToken
    from faasctl.liveperson.host_cache import HostCache
    from faasctl.liveperson.platform import Dialect, Platform

DEFAULT_NETWORK = Network()


def connect(
    account: str,
    credential: Credential,
    *,
    network: Network = DEFAULT_NETWORK,
    client_credentials: ClientCredentials | None = None,
    known: SessionToken | None = None,
    on_session: Callable[[SessionToken], None] = lambda _: None,
    dialect: Dialect | None = None,
    hosts: HostCache | None = None,
    deadline: Deadline,
) -> Platform:
    """Discovers the account's hosts, decides the generation from the gateway's, and signs in.

    `deadline` is that of everything the Platform will do. Without `client_credentials` the user's session also
    opens the gateway (functions-api §2.5). `known` is a session of `credential` from an earlier run, `on_session`
    is told each new one. `dialect` overrides what the gateway's host says; `hosts` keeps the hosts between runs.
    Errors: NotFound (unknown account), PlatformError (no Functions), NotSignedIn, and what any call may raise.
    """
    from faasctl.liveperson.domains import Domains
    from faasctl.liveperson.oauth import AppTokens
    from faasctl.liveperson.sign_in import SignIn
    from faasctl.liveperson.transport import Transport

    transport = Transport(network)
    try:
        domains = Domains(transport, account, cache=hosts)
        domains.host(FUNCTIONS_UI, deadline)
        generation = dialect or dialect_of(domains.host(FUNCTIONS_GATEWAY, deadline))
        sign_in = SignIn(transport, domains, account, credential, known=known, on_session=on_session)
        sign_in.session(deadline)
        tokens = AppTokens(transport, domains, account, client_credentials) if client_credentials else None
        if generation == "v1":
            from faasctl.liveperson.v1 import PlatformV1 as Spoken
        else:
            from faasctl.liveperson.v2 import PlatformV2 as Spoken  # type: ignore[assignment]
        return Spoken(
            account, transport=transport, domains=domains, sign_in=sign_in, tokens=tokens, deadline=deadline
        )
    except BaseException:
        transport.close()
        raise


def dialect_of(gateway: str) -> Dialect:
    """The generation of an account whose gateway is at this host (functions-api §0.3)."""
    return "v2" if is_v2_gateway(gateway) else "v1"
