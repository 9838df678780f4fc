"""The emulator inside this process: for one account's work, or held over several of them."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from faasctl.cli.early import inspector
from faasctl.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from faasctl.definition.model import Definition
    from faasctl.emulator.endpoint import Endpoint
    from faasctl.emulator.runtime.debugging import Debugging

COLD_START_VARIABLE = "FAASCTL_COLD_START"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldEmulator:
    """An emulator of this process that `open_account` uses; `debugged`: calls last as long as a person needs."""

    endpoint: Endpoint
    debugged: bool


_held: dict[Path, HeldEmulator] = {}


def held_emulator(folder: Path) -> HeldEmulator | None:
    return _held.get(folder)


@contextlib.contextmanager
def hold_emulator(
    folder: Path,
    *,
    cold_start_seconds: float,
    offline: bool = False,
    debugging: Debugging | None = None,
    environ: Mapping[str, str] = os.environ,
) -> Iterator[None]:
    """Within the block this process serves the folder for what it does itself, whoever else serves it too."""
    with own_emulator(
        folder, cold_start_seconds=cold_start_seconds, offline=offline, debugging=debugging, environ=environ
    ) as endpoint:
        _held[folder] = HeldEmulator(endpoint=endpoint, debugged=debugging is not None)
        try:
            yield
        finally:
            del _held[folder]


@contextlib.contextmanager
def own_emulator(
    folder: Path,
    *,
    cold_start_seconds: float,
    offline: bool = False,
    debugging: Debugging | None = None,
    environ: Mapping[str, str] = os.environ,
) -> Iterator[Endpoint]:
    """An emulator of this process."""
    from faasctl.emulator.server import Emulator
    from faasctl.emulator.server_options import ServerOptions

    options = ServerOptions(cold_start_seconds=cold_start_seconds, offline=offline)
    with Emulator(folder, options, inspector=inspector(), environ=environ, debugging=debugging) as emulator:
        yield emulator.endpoint


def cold_start_of(definition: Definition, environ: Mapping[str, str] = os.environ) -> float:
    """Seconds: what FAASCTL_COLD_START says, else the definition."""
    named = cold_start_named(environ)
    return definition.emulator.cold_start if named is None else named


def cold_start_named(environ: Mapping[str, str] = os.environ) -> float | None:
    """The seconds that FAASCTL_COLD_START says; UsageError when it is no duration."""
    from faasctl.durations import parse_duration

    given = environ.get(COLD_START_VARIABLE)
    if not given:
        return None
    try:
        return parse_duration(given)
    except ValueError as error:
        raise UsageError(f"{COLD_START_VARIABLE}: {error}") from None
