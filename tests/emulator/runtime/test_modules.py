"""What a function may import, and how packages of the platform come to this machine."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faasctl.emulator.runtime.modules import module_cache, packages_named
from faasctl.facts.modules import AVAILABLE, PACKAGES, REPLACEMENTS, TOOLBELTS, package_of

if TYPE_CHECKING:
    from faasctl.emulator.runtime.outcome import Outcome
    from faasctl.javascript.report import Interface

V1: dict[str, Any] = {"interface": "v1", "module": "commonjs"}


@pytest.fixture
def run(outcome_of: Callable[..., Outcome], tmp_path: Path) -> Callable[..., Outcome]:
    """Runs code where no package is installed."""
    environ = {
        **os.environ,
        "FAASCTL_CACHE_DIR": str(tmp_path / "cache"),
        "npm_config_registry": "http://127.0.0.1:1",
    }

    def invoke(code: str, **options: Any) -> Outcome:
        return outcome_of(code, host_environ=environ, **options)

    return invoke


# ---- what is not there


@pytest.mark.parametrize("name", ["axios", "@scope/thing", "semver", "request-promise"])
def test_a_package_that_the_platform_has_not_is_not_available(run: Callable[..., Outcome], name: str) -> None:
    outcome = run(f"import thing from '{name}'; async function lambda() {{}}")
    assert outcome.message == (
        f"the module '{name}' is not available on the platform: V2 functions may import @jsforce/jsforce-node, "
        "core-functions-toolbelt, es-toolkit, jsonwebtoken, luxon, oauth-1.0a, undici, and Node's built-in modules"
    )
    v1 = run(f"const thing = require('{name}'); function lambda(input, callback) {{ callback(); }}", **V1)
    assert v1.message == (
        f"the module '{name}' is not available on the platform: V1 functions may import jsforce, jsonwebtoken, "
        "lodash, lp-faas-toolbelt, luxon, oauth-1.0a, and Node's built-in modules"
    )


@pytest.mark.parametrize(("interface", "name"), [(i, name) for i, names in REPLACEMENTS.items() for name in names])
def test_a_module_of_the_other_interface_is_told_with_what_stands_in_its_place(
    run: Callable[..., Outcome], interface: str, name: str
) -> None:
    if interface == "v1":
        outcome = run(f"require('{name}'); function lambda(input, callback) {{ callback(); }}", **V1)
    else:
        outcome = run(f"import '{name}'; async function lambda() {{}}")
    assert f"not available on the platform (use {REPLACEMENTS[interface][name]})" in (outcome.message or "")
    assert REPLACEMENTS[interface][name] in AVAILABLE[interface]


@pytest.mark.parametrize("name", ["./lib.js", "../shared/lib.mjs", "/etc/lib.cjs"])
def test_a_file_beside_the_code_is_not_available(run: Callable[..., Outcome], name: str) -> None:
    outcome = run(f"import thing from '{name}'; async function lambda() {{}}")
    assert outcome.ok is False
    v1 = run(f"const thing = require('{name}'); function lambda(input, callback) {{ callback(); }}", **V1)
    assert v1.ok is False
    if name == "./lib.js":
        told = "the module './lib.js' is not available on the platform: a function is one file, index.js"
        assert (outcome.message, v1.message) == (told, told)


def test_a_failed_import_may_be_caught(run: Callable[..., Outcome]) -> None:
    outcome = run(
        "async function lambda() { try { await import('axios') } catch (error) { return error.code } }",
    )
    assert json.loads(outcome.result) == "ERR_MODULE_NOT_FOUND"
    v1 = run(
        "function lambda(input, callback) { try { require('axios') } catch (e) { callback(null, e.code) } }", **V1
    )
    assert json.loads(v1.result) == "MODULE_NOT_FOUND"


def test_a_failed_import_during_an_invocation_is_told_in_the_platforms_terms(run: Callable[..., Outcome]) -> None:
    outcome = run("async function lambda(input) { await import('axi' + 'os'); }")
    assert (outcome.message or "").startswith("the module 'axios' is not available on the platform: V2 functions")
    assert outcome.logs[-1].message == f"Received Error - {outcome.message}"


def test_packages_above_the_runtimes_folder_are_not_found(run: Callable[..., Outcome], tmp_path: Path) -> None:
    package = tmp_path / "node_modules" / "axios"
    package.mkdir(parents=True)
    (package / "package.json").write_text('{"main": "index.js"}')
    (package / "index.js").write_text("module.exports = 1;")
    told = "the module 'axios' is not available on the platform"
    assert told in (run("import a from 'axios'; async function lambda() {}").message or "")
    code = "const a = require('axios'); function lambda(input, callback) { callback(null, a); }"
    assert told in (run(code, **V1).message or "")
    created = (
        "import { createRequire } from 'module'; const r = createRequire(import.meta.url);"
        "async function lambda() { return r('axios') }"
    )
    assert run(created).ok is False


@pytest.mark.parametrize("name", ["crypto", "node:crypto", "node:buffer", "util", "fs/promises"])
def test_nodes_own_modules_are_available(run: Callable[..., Outcome], name: str) -> None:
    assert run(f"import * as m from '{name}'; async function lambda() {{ return typeof m }}").ok
    code = f"const m = require('{name}'); function lambda(input, callback) {{ callback(null, typeof m); }}"
    assert run(code, **V1).ok


@pytest.mark.parametrize(
    "code", ["import { Toolbelt } from 'NAME';", "import t from 'NAME'; const { Toolbelt } = t;"]
)
def test_the_toolbelt_of_v2_is_imported(run: Callable[..., Outcome], code: str) -> None:
    code = code.replace("NAME", TOOLBELTS["v2"])
    outcome = run(f"{code} async function lambda() {{ return typeof Toolbelt.SecretClient }}")
    assert outcome.result == '"function"', outcome.message


def test_the_toolbelt_of_v1_is_required(run: Callable[..., Outcome]) -> None:
    code = f"const {{ Toolbelt }} = require('{TOOLBELTS['v1']}');"
    outcome = run(f"{code} function lambda(i, callback) {{ callback(null, typeof Toolbelt.SecretClient); }}", **V1)
    assert outcome.result == '"function"', outcome.message


@pytest.mark.parametrize("path", ["index.cjs", "secret_client.cjs", "../access.cjs"])
def test_the_inside_of_a_toolbelt_is_not_imported(run: Callable[..., Outcome], path: str) -> None:
    name = f"{TOOLBELTS['v2']}/{path}"
    assert not run(f"import '{name}'; async function lambda() {{ }}").ok
    assert not run(f"require('{TOOLBELTS['v1']}/{path}'); function lambda(i, callback) {{ callback() }}", **V1).ok


# ---- which packages code names


@pytest.mark.parametrize(
    ("code", "named"),
    [
        ("import { DateTime } from 'luxon'", ["luxon"]),
        ('import x from "es-toolkit/compat"; await import(`jsonwebtoken`)', ["es-toolkit", "jsonwebtoken"]),
        ("export * from '@jsforce/jsforce-node/lib/api'", ["@jsforce/jsforce-node"]),
        ("import 'lodash'; import '@jsforce/other'; import 'luxonx'; import './luxon'", []),
        ("// luxon is fine", []),
    ],
)
def test_the_packages_that_code_names(code: str, named: list[str]) -> None:
    assert packages_named(code, "v2") == named


@given(
    interface=st.sampled_from(["v1", "v2"]),
    data=st.data(),
    before=st.text(max_size=30),
    quote=st.sampled_from("'\"`"),
    path=st.from_regex(r"(/[a-z_.-]+){0,2}", fullmatch=True),
)
def test_an_imported_package_is_always_seen(
    interface: Interface, data: st.DataObject, before: str, quote: str, path: str
) -> None:
    name = data.draw(st.sampled_from(sorted(PACKAGES[interface])))
    code = f"{before}\nimport x from {quote}{name}{path}{quote};"
    assert name in packages_named(code, interface)


def test_package_of() -> None:
    assert [package_of(name) for name in ("a", "a/b/c", "@a/b", "@a/b/c")] == ["a", "a", "@a/b", "@a/b"]


# ---- the platform's packages themselves


@pytest.mark.npm
@pytest.mark.parametrize(("interface", "name"), [(i, name) for i, names in PACKAGES.items() for name in names])
def test_the_platforms_packages_load(outcome_of: Callable[..., Outcome], interface: str, name: str) -> None:
    cache = Path(__file__).parents[3] / ".cache" / "faasctl"
    environ = {**os.environ, "FAASCTL_CACHE_DIR": str(cache)}
    if interface == "v1":
        code = (
            f"const m = require('{name}'); function lambda(input, callback) {{ callback(null, Object.keys(m)); }}"
        )
        outcome = outcome_of(code, host_environ=environ, **V1)
    else:
        code = f"import * as m from '{name}'; async function lambda() {{ return Object.keys(m) }}"
        outcome = outcome_of(code, host_environ=environ)
    assert outcome.ok, outcome.message
    version = PACKAGES[interface][name]
    home = module_cache(environ) / f"{name.replace('/', '+')}@{version}" / "node_modules" / name
    assert json.loads((home / "package.json").read_bytes())["version"] == version
