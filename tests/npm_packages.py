"""LivePerson's own packages, as npm has them: installed once into .cache, and used unchanged."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from faasctl.emulator.runtime.npm import install, package_folder
from faasctl.javascript.node import find_node

CLI = ("liveperson-functions-cli", "1.31.13")
CLIENT = ("liveperson-functions-client", "2.2.0")
_CACHE = Path(os.environ.get("FAASCTL_TEST_CACHE") or Path(__file__).parents[1] / ".cache") / "npm"


def installed(name: str, version: str) -> Path:
    """The folder of the package; safe while other tests ask for the same."""
    asyncio.run(install(name, version, cache=_CACHE, node=wheel_node(), environ=os.environ))
    return package_folder(_CACHE, name, version)


def wheel_node() -> str:
    """The Node of the wheel: LivePerson's CLI, as npm puts it together today, does not load in Node 20."""
    return find_node({name: value for name, value in os.environ.items() if name != "FAASCTL_NODE"})
