"""How programs in Node that name LivePerson's hosts are led to an emulator, unchanged."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from faasctl.files import write_atomic

if TYPE_CHECKING:
    from faasctl.emulator.endpoint import Endpoint

_PROGRAM = Path(__file__).with_name("redirect.cjs")


def write_preload(folder: Path) -> None:
    """Puts the program beside the endpoint file, in which it finds the emulator however often that is started."""
    write_atomic(folder / _PROGRAM.name, _PROGRAM.read_bytes())


def node_environment(endpoint: Endpoint) -> dict[str, str] | None:
    """The variables with which a program in Node reaches this emulator; None where it does not speak TLS."""
    if endpoint.ca is None:
        return None
    program = str(Path(endpoint.ca).with_name(_PROGRAM.name))
    # Node takes words with blanks in double quotes, with \ before " and \, as JSON has them.
    return {
        "NODE_EXTRA_CA_CERTS": endpoint.ca,
        "NODE_OPTIONS": f"--require {json.dumps(program, ensure_ascii=False)}",
    }
