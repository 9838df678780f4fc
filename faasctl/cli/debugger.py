"""What a person is told who wants to attach a debugger to a function."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from faasctl.errors import UsageError

if TYPE_CHECKING:
    from faasctl.cli.run import Run
    from faasctl.definition.model import FunctionSpec
    from faasctl.emulator.runtime.debugging import Debugging
    from faasctl.liveperson.model import RemoteFunction

_HOST = "127.0.0.1"


def debugging_of(spec: FunctionSpec, *, port: int) -> Debugging:
    """A debugger for the function; UsageError when something else listens on the port."""
    from faasctl.emulator.runtime.debugging import Debugging

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port))
        except OSError as error:
            raise UsageError(
                f"the debugger cannot listen on port {port}: {error.strerror}",
                hint="Choose another --inspect-port; 0 takes a free one.",
            ) from None
    return Debugging(function=spec.name, file=spec.code_path, port=port, on_waiting=lambda url: _tell(spec, url))


def note_other_code(run: Run, spec: FunctionSpec, deployed: RemoteFunction) -> None:
    """Says so where the file is not what is deployed: the debugger would show other lines than those that run."""
    from faasctl.rollout.events import Noted

    if deployed.manifest is not None and deployed.manifest.code != spec.code:
        run.tell(
            Noted(text=f"{spec.code_path.name} has changed since it was deployed; run `faasctl deploy` first")
        )


def _tell(spec: FunctionSpec, url: str) -> None:
    from faasctl.report.streams import to_stderr

    port = url.removeprefix("ws://").partition("/")[0].rpartition(":")[2]
    to_stderr(
        f"{spec.name} waits for a debugger at {url}\n"
        "It goes on once one is attached, and stops at the first line of "
        f"{spec.code_path}.\n"
        "  Chrome: open chrome://inspect, then `inspect` below Remote Target"
        f"{'' if port == '9229' else f' (Configure: {_HOST}:{port})'}.\n"
        "  VS Code: add to .vscode/launch.json, and start it:\n"
        f'    {{"type": "node", "request": "attach", "name": "faasctl", "port": {port},\n'
        '     "enableContentValidation": false, "continueOnAttach": true}\n'
        "There is no limit of time while it is debugged, and its process is not confined. Ctrl-C ends it."
    )
