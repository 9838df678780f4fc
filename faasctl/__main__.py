"""Where the program starts. Nothing heavy is imported before it is known to be needed."""

import atexit
import gc
import sys

from faasctl import __version__

_NEW_OBJECTS_BETWEEN_COLLECTIONS = 50_000


def main() -> int:
    """Runs the command line and gives the exit status."""
    try:
        return _run()
    except KeyboardInterrupt:  # while modules were imported; later it is told by whoever is interrupted
        from faasctl.exit_codes import ExitCode

        sys.stderr.write("\ninterrupted; run the same command again to go on\n")
        return ExitCode.INTERRUPTED


def _run() -> int:
    # Imports make tens of thousands of objects that stay: to look for garbage among them every 700, and once more
    # at the end, is a sixth of the start-up of a light verb.
    gc.set_threshold(_NEW_OBJECTS_BETWEEN_COLLECTIONS)
    atexit.register(gc.freeze)
    arguments = sys.argv[1:]
    if None in (sys.stdin, sys.stdout, sys.stderr):
        from faasctl.missing_streams import open_missing

        open_missing()
    if arguments in (["--version"], ["-V"]) and _is_told(f"faasctl {__version__}\n"):
        return 0
    from faasctl.cli.early import start_node_for

    start_node_for(arguments)
    from faasctl.cli.entry import enter

    return enter(arguments)


def _is_told(text: str) -> bool:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError:
        return False  # told in its place, by whoever tells what goes wrong
    return True


if __name__ == "__main__":
    sys.exit(main())
