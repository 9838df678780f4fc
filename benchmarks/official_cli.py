"""`lpf invoke --local` of LivePerson's own CLI, from npm, signed in to an emulator that answers at once."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from benchmarks.measure import run_timed
from faasctl.emulator.runtime.modules import module_cache
from faasctl.emulator.runtime.npm import InstallFailed, install, package_folder
from faasctl.emulator.server import Emulator
from faasctl.javascript.node import find_node

if TYPE_CHECKING:
    from faasctl.emulator.endpoint import Endpoint

_PACKAGE, _VERSION = "liveperson-functions-cli", "1.31.13"
_ACCOUNT = "12345678"
_REDIRECT = Path(__file__).with_name("official_cli.cjs")
_CODE = """function lambda(input, callback) {
  console.info('turn', input.payload.convId);
  callback(null, { messages: [`You said ${input.payload.message}`], context: {} });
}
"""
_INPUT = {"headers": [], "payload": {"message": "hi", "convId": "1", "context": {}}}


@contextmanager
def official_invocation() -> Iterator[Callable[[], float] | str]:
    """Runs it once and gives the seconds; instead, why it cannot be run."""
    cache, node = module_cache(), find_node()
    try:
        asyncio.run(install(_PACKAGE, _VERSION, cache=cache, node=node, environ=os.environ))
    except InstallFailed as error:
        yield str(error)
        return
    package = package_folder(cache, _PACKAGE, _VERSION)
    with tempfile.TemporaryDirectory() as name, Emulator(Path(name) / "state") as emulator:
        folder = _project(Path(name) / "project", package)
        surroundings = {
            "PATH": f"{Path(node).parent}:{os.environ.get('PATH', '')}",
            "HOME": name,
            "TMPDIR": name,
            "XDG_CACHE_HOME": name,
            "NODE_OPTIONS": f"--require={_REDIRECT}",
            "BENCHMARK_EMULATOR": emulator.endpoint.url,
        }

        def lpf(*arguments: str) -> float:
            command = [node, str(package / "bin" / "run"), *arguments]
            return run_timed(command, folder=folder, surroundings=surroundings)

        user = _user(emulator.endpoint)
        lpf("login", "--accountId", _ACCOUNT, "--username", user["username"], "--password", user["password"])
        yield lambda: lpf("invoke", "hello", "--local")


def _project(folder: Path, package: Path) -> Path:
    """What `lpf init` and `lpf create` would leave, without their questions and their npm install."""
    function = folder / "functions" / "hello"
    function.mkdir(parents=True)
    shutil.copytree(package / "bin" / "example" / "bin", folder / "bin")
    (function / "index.js").write_text(_CODE, "utf-8")
    config = {"name": "hello", "description": "-", "event": "", "input": _INPUT, "environmentVariables": []}
    (function / "config.json").write_text(json.dumps(config), "utf-8")
    (folder / "functions" / "settings.json").write_text('{"secrets": [], "whitelist": []}', "utf-8")
    version = folder.parent / _PACKAGE / "version"  # else it looks for a newer one
    version.parent.mkdir()
    version.write_text(json.dumps({"current": _VERSION}), "utf-8")
    return folder


def _user(endpoint: Endpoint) -> dict[str, Any]:
    """The developer of a V1 account on the emulator."""
    connection = http.client.HTTPConnection(urlsplit(endpoint.url).netloc)
    headers = {"Authorization": f"Bearer {endpoint.operator_token}", "Content-Type": "application/json"}
    path = f"/emulator/accounts/{_ACCOUNT}"
    connection.request("PUT", path, b'{"platform": "v1"}', headers)
    connection.getresponse().read()
    connection.request("GET", f"{path}/credentials", headers=headers)
    user: dict[str, Any] = json.loads(connection.getresponse().read())["user"]
    connection.close()
    return user
