"""How an emulator serves: what a person may choose, and what the process that serves it is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerOptions:
    """`port` 0 takes a free one. With `tls` it speaks HTTPS as well, at `tls_port`.

    `cold_start_seconds` and `instances` (None for as many as usual) are the function host's (runtime/host.py).
    `offline` lets functions reach this emulator and `allowed_hosts` alone (runtime/network.py).
    """

    port: int = 0
    tls: bool = False
    tls_port: int = 0
    cold_start_seconds: float = 0.0
    instances: int | None = None
    offline: bool = False
    allowed_hosts: tuple[str, ...] = ()

    def arguments(self) -> list[str]:
        """The command line from which `read_options` makes the same options again."""
        line = ["--port", str(self.port), "--cold-start", str(self.cold_start_seconds)]
        if self.tls:
            line += ["--tls", "--tls-port", str(self.tls_port)]
        if self.instances is not None:
            line += ["--instances", str(self.instances)]
        if self.offline:
            line.append("--offline")
        return [*line, *(f"--allow-host={host}" for host in self.allowed_hosts)]


AS_USUAL = ServerOptions()


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=AS_USUAL.port, help="0 takes a free one")
    parser.add_argument("--tls", action="store_true", help="HTTPS as well")
    parser.add_argument("--tls-port", type=int, default=AS_USUAL.tls_port, help="where; 0 takes a free one")
    parser.add_argument(
        "--cold-start",
        type=float,
        default=AS_USUAL.cold_start_seconds,
        help="seconds that a new instance takes",
    )
    parser.add_argument("--instances", type=int, help="how many a function may have")
    parser.add_argument("--offline", action="store_true", help="functions reach this emulator alone")
    parser.add_argument("--allow-host", action="append", default=[], help="and this host; may be repeated")


def read_options(parsed: argparse.Namespace) -> ServerOptions:
    """What a parser with `add_options` has read."""
    return ServerOptions(
        port=parsed.port,
        tls=parsed.tls,
        tls_port=parsed.tls_port,
        cold_start_seconds=parsed.cold_start,
        instances=parsed.instances,
        offline=parsed.offline,
        allowed_hosts=tuple(parsed.allow_host),
    )
