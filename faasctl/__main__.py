"""Where the program starts. Nothing heavy is imported before it is known to be needed."""

import sys

from faasctl import __version__


def main() -> int:
    """Runs the command line and gives the exit status."""
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
