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
    options = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        serve(options.folder, port=options.port)
    except FaasctlError as error:
        sys.stderr.write(f"{error.message}\n")
        return int(error.exit_code)
    return 0


if __name__ == "__main__":
    sys.exit(main())
