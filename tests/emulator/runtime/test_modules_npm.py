"""How packages of the platform come to this machine. npm asks a registry that the tests serve."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import io
import json
import os
import socket
import tarfile
import threading
import urllib.parse
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from faasctl.emulator.runtime.host import FunctionHost
from faasctl.emulator.runtime.modules import module_cache
from faasctl.emulator.runtime.npm import npm_command
from faasctl.facts.modules import PACKAGES
from faasctl.javascript.node import find_node

if TYPE_CHECKING:
    from faasctl.emulator.runtime.outcome import DeployedFunction, Outcome

LUXON = PACKAGES["v2"]["luxon"]


class Registry(ThreadingHTTPServer):
    """`packages` are names and versions; each package exports what it is, as `name@version`."""

    daemon_threads = True

    def __init__(self, packages: Mapping[str, str]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.tarballs = {name: _tarball(name, version) for name, version in packages.items()}
        self.packages = packages
        self.asked: list[str] = []
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def environment(self, folder: Path) -> dict[str, str]:
        """What lets npm, which keeps its files in `folder`, use this registry alone."""
        return {
            "HOME": str(folder),
            "npm_config_cache": str(folder / "npm-cache"),
            "npm_config_globalconfig": str(folder / "no-npmrc"),
            "npm_config_registry": self.url,
            "npm_config_userconfig": str(folder / "no-user-npmrc"),
        }

    def close(self) -> None:
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: Registry

    def do_GET(self) -> None:
        path = urllib.parse.unquote(self.path).lstrip("/")
        self.server.asked.append(path)
        name = path.partition("/-/")[0]
        if name not in self.server.packages:
            self._answer(404, b'{"error": "not found"}')
        elif "/-/" in path:
            self._answer(200, self.server.tarballs[name])
        else:
            self._answer(200, json.dumps(self._document(name)).encode())

    def _document(self, name: str) -> dict[str, Any]:
        version = self.server.packages[name]
        digest = base64.b64encode(hashlib.sha512(self.server.tarballs[name]).digest()).decode()
        dist = {"tarball": f"{self.server.url}/{name}/-/package.tgz", "integrity": f"sha512-{digest}"}
        return {
            "name": name,
            "dist-tags": {"latest": version},
            "versions": {version: {"name": name, "version": version, "dist": dist}},
        }

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        return


def _tarball(name: str, version: str) -> bytes:
    manifest = {"name": name, "version": version, "main": "main.js"}
    files = {
        "package.json": json.dumps(manifest),
        "main.js": f"module.exports = {json.dumps(f'{name}@{version}')};\n",
    }
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for path, text in files.items():
            entry = tarfile.TarInfo(f"package/{path}")
            entry.size = len(text.encode())
            archive.addfile(entry, io.BytesIO(text.encode()))
    return packed.getvalue()


@pytest.fixture
def registry() -> Iterator[Registry]:
    one = Registry(
        {"luxon": LUXON, "@jsforce/jsforce-node": PACKAGES["v2"]["@jsforce/jsforce-node"], "undici": "9.9.9"}
    )
    yield one
    one.close()


@pytest.fixture
def environ(registry: Registry, tmp_path: Path) -> dict[str, str]:
    """Lets npm ask the registry on this machine, and keeps packages in the test's folder."""
    names = ("PATH", "FAASCTL_NODE")
    mine = {name: os.environ[name] for name in names if name in os.environ}
    return {**mine, **registry.environment(tmp_path), "FAASCTL_CACHE_DIR": str(tmp_path / "cache")}


@pytest.fixture
def run(outcome_of: Callable[..., Outcome], environ: Mapping[str, str]) -> Callable[..., Outcome]:
    def invoke(code: str, **options: Any) -> Outcome:
        return outcome_of(code, host_environ=environ, **options)

    return invoke


def test_a_package_that_a_function_names_is_installed_once(
    run: Callable[..., Outcome], registry: Registry, environ: Mapping[str, str]
) -> None:
    code = "import name from 'luxon'; async function lambda() { return name }"
    assert json.loads(run(code).result) == f"luxon@{LUXON}"
    asked = len(registry.asked)
    assert asked > 0
    assert json.loads(run(code).result) == f"luxon@{LUXON}"
    required = (
        "import { createRequire } from 'module'; const name = createRequire(import.meta.url)('luxon');"
        "async function lambda() { return name }"
    )
    assert json.loads(run(required).result) == f"luxon@{LUXON}"
    assert len(registry.asked) == asked
    kept = [path.name for path in module_cache(environ).iterdir() if not path.name.startswith(".")]
    assert sorted(kept) == [f"luxon@{LUXON}", f"luxon@{LUXON}.lock"]


def test_a_scoped_package_is_installed(run: Callable[..., Outcome]) -> None:
    outcome = run("import name from '@jsforce/jsforce-node'; async function lambda() { return name }")
    assert json.loads(outcome.result).startswith("@jsforce/jsforce-node@"), outcome.message


def test_a_function_without_packages_asks_npm_for_nothing(
    run: Callable[..., Outcome], registry: Registry, environ: Mapping[str, str]
) -> None:
    assert run("import crypto from 'crypto'; async function lambda() { return 'lodash or luxon' }").ok
    assert registry.asked == []
    assert not module_cache(environ).exists()


def test_many_functions_at_once_install_a_package_once(
    function: Callable[..., DeployedFunction], environ: Mapping[str, str], registry: Registry, tmp_path: Path
) -> None:
    async def main() -> list[Outcome]:
        hosts = [FunctionHost(tmp_path / str(number), environ=environ) for number in range(3)]
        code = "import name from 'luxon'; async function lambda() { return name }"
        try:
            return await asyncio.gather(*(host.invoke(function(code), None, test=True) for host in hosts))
        finally:
            await asyncio.gather(*(host.close() for host in hosts))

    assert [outcome.ok for outcome in asyncio.run(main())] == [True] * 3
    assert sum(path.endswith(".tgz") for path in registry.asked) == 1


def test_what_a_killed_install_left_is_removed(run: Callable[..., Outcome], environ: Mapping[str, str]) -> None:
    left = module_cache(environ) / f".luxon@{LUXON}-killed"
    left.mkdir(parents=True)
    assert run("import name from 'luxon'; async function lambda() { return name }").ok
    assert not left.exists()


def test_without_a_network_the_import_fails_and_says_what_to_do(
    run: Callable[..., Outcome], environ: dict[str, str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    environ["npm_config_registry"] = f"http://127.0.0.1:{port}"
    outcome = run("import name from 'luxon'; async function lambda() { return name }")
    assert outcome.message == (
        f"the module 'luxon' is part of the platform, but luxon {LUXON} is not installed on this machine: "
        "npm could not be reached (ECONNREFUSED); run the command again with a network, once"
    )


def test_a_failed_install_stops_no_function_that_only_mentions_the_package(
    run: Callable[..., Outcome], environ: dict[str, str]
) -> None:
    environ["npm_config_registry"] = "http://127.0.0.1:1"
    assert json.loads(run("async function lambda() { return 'luxon' }").result) == "luxon"


@pytest.mark.parametrize(
    ("name", "reason"), [("es-toolkit", "npm's registry does not have it (E404)"), ("undici", "(ETARGET)")]
)
def test_what_npms_registry_does_not_have_is_told(run: Callable[..., Outcome], name: str, reason: str) -> None:
    outcome = run(f"import name from '{name}'; async function lambda() {{}}")
    assert reason in (outcome.message or "")


def test_without_npm_the_message_says_so(run: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("faasctl.emulator.runtime.npm.npm_command", lambda node, environ: None)
    outcome = run("import name from 'luxon'; async function lambda() {}")
    assert "npm was not found" in (outcome.message or "")


def test_a_cache_that_cannot_be_written_is_told(
    run: Callable[..., Outcome], environ: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    environ["FAASCTL_CACHE_DIR"] = str(tmp_path / "file")
    outcome = run("import name from 'luxon'; async function lambda() {}")
    assert "cannot be written" in (outcome.message or "")


def test_a_function_cannot_change_an_installed_package(
    run: Callable[..., Outcome], environ: Mapping[str, str]
) -> None:
    outcome = run(
        "import fs from 'fs'; import { createRequire } from 'module'; import name from 'luxon';"
        "async function lambda() {"
        "  const real = createRequire(import.meta.url).resolve('luxon');"
        "  const linked = new URL('../node_modules/luxon/main.js', import.meta.url);"
        "  return [real, linked, 'node_modules/luxon/main.js', '../node_modules/luxon/main.js'].map((path) => {"
        "    try { fs.writeFileSync(path, 'evil'); return 'written' } catch (error) { return error.code } }); }"
    )
    codes = json.loads(outcome.result)
    assert codes[:2] + codes[3:] == ["ERR_ACCESS_DENIED"] * 3, outcome.message
    assert codes[2] in {"ENOENT", "ERR_ACCESS_DENIED"}
    main = module_cache(environ) / f"luxon@{LUXON}" / "node_modules" / "luxon" / "main.js"
    assert "evil" not in main.read_text()


def test_npm_is_found_with_node_or_on_path(tmp_path: Path) -> None:
    command = npm_command(find_node(), os.environ)
    assert command is not None
    assert "npm" in command[-1]
