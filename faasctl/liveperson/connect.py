"""From an account's number and a credential to a signed-in Platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faasctl.errors import PlatformError
from faasctl.facts.services import FUNCTIONS_GATEWAY, FUNCTIONS_UI, is_v2_gateway
from faasctl.liveperson.network import Network

if TYPE_CHECKING:
    from faasctl.deadline import Deadline
    from faasctl.liveperson.credentials import ClientCredentials, Credential
    from faasctl.liveperson.platform import Platform
    from faasctl.liveperson.transport import Transport

DEFAULT_NETWORK = Network()


def connect(
    account: str,
    credential: Credential,
    *,
    network: Network = DEFAULT_NETWORK,
    client_credentials: ClientCredentials | None = None,
    deadline: Deadline,
) -> Platform:
    """Discovers the account's hosts, decides the generation from the gateway's, and signs in.

    `deadline` is that of everything the Platform will do. Without `client_credentials` the user's session also
    opens the gateway (functions-api §2.5). Errors: NotFound (unknown account), PlatformError (no Functions, or
    V1), NotSignedIn, and what any call may raise.
    """
    from faasctl.liveperson.transport import Transport

    transport = Transport(network)
    try:
        return _enter(transport, account, credential, client_credentials, deadline)
    except BaseException:
        transport.close()
        raise


def _enter(
    transport: Transport,
    account: str,
    credential: Credential,
    client_credentials: ClientCredentials | None,
    deadline: Deadline,
) -> Platform:
    from faasctl.liveperson.domains import Domains
    from faasctl.liveperson.oauth import AppTokens
    from faasctl.liveperson.sign_in import SignIn
    from faasctl.liveperson.v2 import PlatformV2

    domains = Domains(transport, account)
    domains.host(FUNCTIONS_UI, deadline)
    if not is_v2_gateway(domains.host(FUNCTIONS_GATEWAY, deadline)):
        raise _v1(account)
    sign_in = SignIn(transport, domains, account, credential)
    sign_in.session(deadline)
    tokens = AppTokens(transport, domains, account, client_credentials) if client_credentials else None
    return PlatformV2(
        account, transport=transport, domains=domains, sign_in=sign_in, tokens=tokens, deadline=deadline
    )


def _v1(account: str) -> PlatformError:
    return PlatformError(
        f"account {account} is a V1 account; V1 accounts are not supported yet",
        hint="Ask LivePerson to move the account to Functions V2, or use the official CLI for V1.",
    )
