"""Installing one package from npm into a cache that all emulators of this user share."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

from faasctl.files import private_folder
from faasctl.javascript.node import wheel_folder

_INSTALL_SECONDS = 180.0
_LOCK_POLL_SECONDS = 0.1
_CLI = Path("lib", "node_modules", "npm", "bin", "npm-cli.js")
_OPTIONS = (
    *("--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--no-update-notifier", "--omit=dev"),
    *("--prefer-offline", "--fetch-retries=1", "--fetch-retry-mintimeout=500", "--loglevel=error"),
)
_UNREACHABLE = frozenset(
    {"EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "EHOSTUNREACH", "ENETUNREACH", "ENOTCACHED", "ENOTFOUND"}
    | {"ERR_SOCKET_TIMEOUT", "ETIMEDOUT"}
)
_MISSING = frozenset({"E404", "ETARGET"})
_HINT = "run the command again with a network, once"


class InstallFailed(Exception):
    """Why a package is not there, in words that end a sentence."""


def package_folder(cache: Path, name: str, version: str) -> Path:
    """Where the package itself stands once it is installed; its dependencies stand beside it."""
    return _home(cache, name, version) / "node_modules" / name


async def install(name: str, version: str, *, cache: Path, node: str, environ: Mapping[str, str]) -> None:
    """Installs exactly this version unless it is there; safe while other processes do the same. InstallFailed."""
    if package_folder(cache, name, version).is_dir():
        return
    try:
        home = _home(private_folder(cache), name, version)
        async with _locked(home.with_name(f"{home.name}.lock")):
            if home.is_dir():  # another process was faster
                return
            for left in cache.glob(f".{home.name}-*"):  # by one that was killed
                shutil.rmtree(left, ignore_errors=True)
            stage = Path(tempfile.mkdtemp(prefix=f".{home.name}-", dir=cache))
            try:
                await _run(name, version, stage, node, environ)
                stage.rename(home)
            finally:
                shutil.rmtree(stage, ignore_errors=True)
    except OSError as error:
        raise InstallFailed(f"{cache} cannot be written ({error.strerror})") from error


def npm_command(node: str, environ: Mapping[str, str]) -> list[str] | None:
    """npm as it comes with `node`, with Node's wheel, or on PATH; None when there is none."""
    beside = Path(node).resolve().parent.parent
    wheel = wheel_folder()
    for root in (beside, *([Path(wheel)] if wheel else [])):
        if (root / _CLI).is_file():
            return [node, str(root / _CLI)]
    found = shutil.which("npm", path=environ.get("PATH", ""))
    return [found] if found else None


def _home(cache: Path, name: str, version: str) -> Path:
    return cache / f"{name.replace('/', '+')}@{version}"


@contextlib.asynccontextmanager
async def _locked(path: Path) -> AsyncIterator[None]:
    from filelock import FileLock, Timeout

    lock = FileLock(path)
    while True:
        try:
            lock.acquire(timeout=0)
            break
        except Timeout:
            await asyncio.sleep(_LOCK_POLL_SECONDS)
    try:
        yield
    finally:
        lock.release()


async def _run(name: str, version: str, stage: Path, node: str, environ: Mapping[str, str]) -> None:
    command = npm_command(node, environ)
    if command is None:
        raise InstallFailed(
            "npm was not found; install it, or faasctl with its own (`pip install 'faasctl[node]'`)"
        )
    (stage / "package.json").write_text('{"private": true}\n', encoding="utf-8")
    process = await asyncio.create_subprocess_exec(
        *command,
        *("install", f"{name}@{version}", "--save-exact", "--prefix", str(stage), *_OPTIONS),
        cwd=stage,
        env={**environ},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,  # Ctrl-C is ours to handle
    )
    try:
        _, said = await asyncio.wait_for(process.communicate(), _INSTALL_SECONDS)
    except asyncio.TimeoutError:
        raise InstallFailed(f"npm did not finish within {_INSTALL_SECONDS:.0f} s; {_HINT}") from None
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
    if process.returncode != 0:
        raise InstallFailed(_reason(name, version, said.decode(errors="replace")))
    if _version(stage / "node_modules" / name) != version:
        raise InstallFailed(f"npm installed something else than {name}@{version}")


def _reason(name: str, version: str, said: str) -> str:
    """From npm's code alone: its words may carry addresses with passwords."""
    found = re.search(r"^npm (?:error|ERR!) code (\w+)", said, re.MULTILINE)
    code = found[1] if found else "no code"
    if code in _UNREACHABLE:
        return f"npm could not be reached ({code}); {_HINT}"
    if code in _MISSING:
        return f"npm's registry does not have it ({code})"
    return f"npm failed ({code}); `npm install {name}@{version}` shows why"


def _version(package: Path) -> str | None:
    try:
        version = json.loads((package / "package.json").read_bytes())["version"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return version if isinstance(version, str) else None
