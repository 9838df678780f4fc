"""`python -m faasctl.emulator --folder F --port P`: the process that `background` starts."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

from faasctl.emulator.foreground import serve
from faasctl.emulator.server_options import add_options, read_options
from faasctl.errors import FaasctlError


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m faasctl.emulator", description="Serves a platform.")
    parser.add_argument("--folder", type=Path, required=True, help="where the state is kept")
    add_options(parser)
    parsed = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        serve(parsed.folder, read_options(parsed))
    except FaasctlError as error:
        sys.stderr.write(f"{error.message}\n")
        return int(error.exit_code)
    return 0


if __name__ == "__main__":
    sys.exit(main())
