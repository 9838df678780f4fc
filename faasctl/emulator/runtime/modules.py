"""The packages that a function may import: fetched when one needs them, and laid beside the copy of its code."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from faasctl.emulator.runtime.npm import InstallFailed, install, package_folder
from faasctl.facts.modules import PACKAGES, REPLACEMENTS, TOOLBELTS, package_of

if TYPE_CHECKING:
    from faasctl.javascript.report import Interface

TOOLBELT_FOLDER = Path(__file__).parent.resolve() / "toolbelts"
MODULES_FOLDER = "node_modules"
"""Beside the folder of the copy, not in it: what lies in that one may be written, and writing follows links."""
CACHE_VARIABLE = "FAASCTL_CACHE_DIR"
_QUOTED = re.compile(r"""["'`](@?[\w.-]+(?:/[\w.-]+)*)["'`]""")


def module_cache(environ: Mapping[str, str] = os.environ) -> Path:
    """Where packages are kept, a path without links: below FAASCTL_CACHE_DIR, or this user's cache folder."""
    named = environ.get(CACHE_VARIABLE)
    if named:
        return Path(named).resolve() / "modules"
    from platformdirs import user_cache_path

    return user_cache_path("faasctl", appauthor=False).resolve() / "modules"


def packages_named(code: str, interface: Interface) -> list[str]:
    """The platform's packages that a string of the code names: all that it can import, and seldom one more."""
    named = {package_of(text) for text in _QUOTED.findall(code)}
    return sorted(named & PACKAGES[interface].keys())


@dataclass(frozen=True, slots=True, kw_only=True)
class Modules:
    """What a function finds. `uninstalled` holds the packages that could not be fetched, and why."""

    interface: Interface
    cache: Path
    uninstalled: Mapping[str, str] = field(default_factory=dict)

    def lay(self, folder: Path) -> None:
        """Makes the node_modules folder in `folder`, which holds the copy's: links to the toolbelt and to all
        packages that are installed."""
        laid = {TOOLBELTS[self.interface]: TOOLBELT_FOLDER / self.interface}
        for name, version in PACKAGES[self.interface].items():
            laid[name] = package_folder(self.cache, name, version)
        for name, place in laid.items():
            if place.is_dir():
                link = folder / MODULES_FOLDER / name
                link.parent.mkdir(parents=True, exist_ok=True)
                link.symlink_to(place, target_is_directory=True)

    def as_json(self) -> dict[str, Any]:
        return {
            "interface": self.interface,
            "packages": PACKAGES[self.interface],
            "toolbelt": TOOLBELTS[self.interface],
            "replacements": REPLACEMENTS[self.interface],
            "uninstalled": {
                name: "write its name plainly in the import or require, so that it is seen"
                for name, version in PACKAGES[self.interface].items()
                if not package_folder(self.cache, name, version).is_dir()
            }
            | dict(self.uninstalled),
            "roots": [str(self.cache), str(TOOLBELT_FOLDER)],
        }


async def modules_for(
    code: str, interface: Interface, *, cache: Path, node: str, environ: Mapping[str, str]
) -> Modules:
    """Fetches what the code names. Never raises for a package that npm does not bring: its import tells."""
    uninstalled: dict[str, str] = {}

    async def fetch(name: str) -> None:
        try:
            await install(name, PACKAGES[interface][name], cache=cache, node=node, environ=environ)
        except InstallFailed as error:
            uninstalled[name] = str(error)

    await asyncio.gather(*(fetch(name) for name in packages_named(code, interface)))
    return Modules(interface=interface, cache=cache, uninstalled=uninstalled)
