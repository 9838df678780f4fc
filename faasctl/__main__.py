"""Where the program starts. Nothing heavy is imported before it is known to be needed."""

import atexit
import gc
import sys

from faasctl import __version__

_NEW_OBJECTS_BETWEEN_COLLECTIONS = 50_000


def main() -> int:
    """Runs the command line and gives the exit status."""
    # Imports make tens of thousands of objects that stay: to look for garbage among them every 700, and once more
    # at the end, is a sixth of the start-up of a light verb.
    gc.set_threshold(_NEW_OBJECTS_BETWEEN_COLLECTIONS)
    atexit.register(gc.freeze)
    arguments = sys.argv[1:]
    if arguments in (["--version"], ["-V"]):
        sys.stdout.write(f"faasctl {__version__}\n")
        return 0
    from faasctl.cli.early import start_node_for

    start_node_for(arguments)
    from faasctl.cli.entry import enter

    return enter(arguments)


if __name__ == "__main__":
    sys.exit(main())
