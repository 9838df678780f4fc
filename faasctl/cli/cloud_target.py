"""The target `cloud`: signs in to the account that the definition names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from faasctl.cli.connection import ca_bundle, chosen
from faasctl.cli.credentials import client_credentials
from faasctl.errors import UsageError
from faasctl.facts.services import DOMAIN_HOST
from faasctl.liveperson.connect import connect
from faasctl.liveperson.host_cache import HostCache
from faasctl.liveperson.network import Network
from faasctl.rollout.confirmations import Confirmations
from faasctl.rollout.guided_bots import Guidance, GuidedBots

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from faasctl.cli.credentials import Found
    from faasctl.deadline import Deadline
    from faasctl.definition.model import Definition
    from faasctl.liveperson.platform import Platform


def sign_in(account: str, found: Found, *, deadline: Deadline, environ: Mapping[str, str]) -> Platform:
    """Signs in to `account` with what `find_credential` gave; close it when done."""
    return connect(
        account,
        found.credential,
        network=network(environ),
        client_credentials=client_credentials(environ),
        known=found.known,
        on_session=found.keep,
        dialect=chosen.api,
        hosts=HostCache(cache_folder()),
        deadline=deadline,
    )


def network(environ: Mapping[str, str]) -> Network:
    """Where the services are reached, and which certificates are trusted.

    FAASCTL_REACH_AT is for rehearsals: every service is then reached at that URL, an emulator's, and the target is
    otherwise what it is with a real account.
    """
    reach_at = environ.get("FAASCTL_REACH_AT") or None
    if reach_at is not None and not reach_at.startswith(("http://127.0.0.1:", "https://127.0.0.1:")):
        raise UsageError(
            f"FAASCTL_REACH_AT is {reach_at}, which is not on this machine",
            hint="It names an emulator, such as http://127.0.0.1:8080. Unset it to work on a real account.",
        )
    return Network(
        domain_url=reach_at or f"https://{DOMAIN_HOST}", reach_at=reach_at, ca_bundle=ca_bundle(environ)
    )


def cache_folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("faasctl")


def guided_bots(
    definition: Definition, platform: Platform, *, confirm: Callable[[Guidance], str | None]
) -> GuidedBots:
    """Bot configurations that a person makes in the browser, as `bot.lock.yaml` beside the definition has them."""
    known: dict[str, str] = {}

    def name(uuid: str) -> str:
        if uuid not in known:
            known.update({function.uuid: function.name for function in platform.functions()})
        return known.get(uuid, uuid)

    return GuidedBots(
        definition,
        Confirmations(lock_file(definition.path)),
        confirm=confirm,
        names=name,
    )


def lock_file(definition: Path) -> Path:
    """`bot.lock.yaml` for `bot.yaml`; a file with another ending keeps its whole name."""
    stem = definition.stem if definition.suffix in (".yaml", ".yml") else definition.name
    return definition.absolute().with_name(f"{stem}.lock.yaml")
