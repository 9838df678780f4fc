"""What a process that serves the platform is told, and what it understands."""

from __future__ import annotations

import argparse
from dataclasses import fields, replace
from typing import Any

import pytest

from faasctl.emulator.server_options import AS_USUAL, ServerOptions, add_options, read_options

OTHER: dict[str, Any] = {
    "port": 8080,
    "tls": True,
    "tls_port": 8443,
    "cold_start_seconds": 0.25,
    "instances": 3,
    "offline": True,
    "allowed_hosts": ("127.0.0.1:9000", "[::1]:9000", "*.example.com"),
}


def _understood(options: ServerOptions) -> ServerOptions:
    parser = argparse.ArgumentParser()
    add_options(parser)
    return read_options(parser.parse_args(options.arguments()))


def test_every_option_reaches_the_process_that_serves() -> None:
    assert set(OTHER) == {field.name for field in fields(ServerOptions)}
    assert _understood(AS_USUAL) == AS_USUAL
    assert _understood(ServerOptions(**OTHER)) == ServerOptions(**OTHER)


@pytest.mark.parametrize("name", [name for name in OTHER if name != "tls_port"])
def test_each_option_reaches_it_alone(name: str) -> None:
    """The port for HTTPS means nothing without HTTPS."""
    options = replace(AS_USUAL, **{name: OTHER[name]})
    assert _understood(options) == options != AS_USUAL
