"""`python -m faasctl.emulator --folder F --port P`: the process that `background` starts."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

from faasctl.emulator.server import serve
from faasctl.errors import FaasctlError


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m faasctl.emulator", description="Serves a platform.")
    parser.add_argument("--folder", type=Path, required=True, help="where the state is kept")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--tls", action="store_true", help="HTTPS as well")
    parser.add_argument("--tls-port", type=int, default=0, help="where; 0 takes a free one")
    parser.add_argument("--cold-start", type=float, default=0.0, help="seconds that a new instance takes")
    parser.add_argument("--instances", type=int, help="how many a function may have")
    parser.add_argument("--offline", action="store_true", help="functions reach this emulator alone")
    parser.add_argument("--allow-host", action="append", default=[], help="and this host; may be repeated")
    options = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        serve(
            options.folder,
            port=options.port,
            tls=options.tls,
            tls_port=options.tls_port,
            cold_start_seconds=options.cold_start,
            instances=options.instances,
            offline=options.offline,
            allowed_hosts=options.allow_host,
        )
    except FaasctlError as error:
        sys.stderr.write(f"{error.message}\n")
        return int(error.exit_code)
    return 0


if __name__ == "__main__":
    sys.exit(main())
