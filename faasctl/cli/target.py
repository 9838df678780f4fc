"""Puts a target together: starts or finds the emulator, or signs in to the account. The only place that does."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from faasctl.deadline import Deadline
    from faasctl.definition.model import Definition
    from faasctl.liveperson.platform import Platform
    from faasctl.rollout.bots import BotConfigurations
    from faasctl.rollout.guided_bots import Guidance


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A signed-in account, and where its bot configurations are kept."""

    platform: Platform
    bots: BotConfigurations


def state_folder(definition_path: Path) -> Path:
    """Where everything of ours about the definitions of a folder lies: journals, locks, the emulator's state."""
    return definition_path.absolute().parent / ".faasctl"


def emulator_folder(definition_path: Path) -> Path:
    return state_folder(definition_path) / "emulator"


@contextlib.contextmanager
def open_account(
    definition: Definition,
    *,
    deadline: Deadline,
    confirm: Callable[[Guidance], str | None] = lambda _: None,
    environ: Mapping[str, str] = os.environ,
) -> Iterator[Account]:
    """The account that the definition's target means, until the block ends.

    `confirm` asks a person whether a step in the browser is done, where the target has such steps.
    """
    with contextlib.ExitStack() as stack:
        bots: BotConfigurations
        if definition.target == "local":
            from faasctl.cli.local_target import open_local

            platform, bots = open_local(
                definition, emulator_folder(definition.path), deadline=deadline, environ=environ, stack=stack
            )
        else:
            from faasctl.cli.cloud_target import guided_bots, sign_in
            from faasctl.cli.credentials import find_credential

            found = find_credential(definition.account, environ)
            platform = sign_in(definition.account, found, deadline=deadline, environ=environ)
            stack.callback(platform.close)
            bots = guided_bots(definition, platform, confirm=confirm)
        yield Account(platform=platform, bots=bots)
