"""What a function finds that reaches out of the language: modules, toolbelts and connections (outward.cjs)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from faasctl.emulator.runtime.modules import Modules
    from faasctl.emulator.runtime.network import NetworkPolicy

_WAYS_OUT = re.compile(
    r"require|import|module|Module|fetch|Socket|EventSource|eval|Function|constructor|global|this|arguments|Reflect|\\u"
    r"|process(?!\s*\.\s*(?:env|hrtime|memoryUsage|nextTick|pid|platform|uptime|versions?)\b)"
)


def may_reach_out(code: str) -> bool:
    """False where the code names nothing that leads to Node's modules or to a connection; many bots only reckon.

    Such a function runs without what confines modules and connections, whose loading is a third of a start.
    """
    return _WAYS_OUT.search(code) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outward:
    """`toolbelt` is what the toolbelts reach the emulator with."""

    modules: Modules
    network: NetworkPolicy
    toolbelt: Mapping[str, str]

    def as_json(self) -> dict[str, Any]:
        return {
            "modules": self.modules.as_json(),
            "network": self.network.as_json(),
            "toolbelt": dict(self.toolbelt),
        }
