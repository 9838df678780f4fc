"""Our V1 toolbelt beside the one inside LivePerson's npm package: the same calls, the same ends."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from faasctl.emulator.secrets.grants import toolbelt_access
from faasctl.facts.toolbelt_differences import DIFFERENCES
from faasctl.javascript.node import start_environment
from tests.emulator.conftest import ContractClient
from tests.npm_packages import CLI, installed, wheel_node

if TYPE_CHECKING:
    from faasctl.emulator.endpoint import Endpoint

pytestmark = pytest.mark.npm

_HERE = Path(__file__).parent
_OURS = _HERE.parents[2] / "faasctl" / "emulator" / "runtime" / "toolbelts"
_LAMBDA = "0000-lambda"


@pytest.fixture(scope="session")
def judge() -> Path:
    """LivePerson's toolbelt, installed once."""
    return installed(*CLI) / "lib" / "shared" / "lp-faas-toolbelt"


SECRETS: dict[str, Any] = {"text": "s3cret", "object": {"a": [1]}}


@pytest.fixture(scope="module")
def outcomes(
    judge: Path, endpoint: Endpoint, stub: str, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, Any]]:
    """How the calls end with each of the two, and what reached the emulator: theirs, ours."""
    folder = tmp_path_factory.mktemp("judged")
    return {"theirs": _theirs(judge, endpoint, stub, folder), "ours": _ours(endpoint, stub, folder)}


def _theirs(judge: Path, endpoint: Endpoint, stub: str, folder: Path) -> dict[str, Any]:
    account = _account(endpoint, "judged-theirs")
    key = {"consumerKey": "a", "consumerSecret": "b", "token": "c", "tokenSecret": "d"}
    settings = {
        "secrets": [{"key": name, "value": value} for name, value in SECRETS.items()]
        + [{"key": "lp-faas-default-app-key", "value": key}],
        "whitelist": ["127.0.0.1", "*.emulator.localhost"],
    }
    (folder / "functions").mkdir()
    (folder / "functions" / "settings.json").write_text(json.dumps(settings))
    environment = {
        "NODE_OPTIONS": f"--require={_HERE / 'redirect.cjs'}",
        "JUDGED_EMULATOR": endpoint.url,
        "CONTEXT_SERVICE_ENVIRONMENT": "z1",
        "BRAND_ID": account,
    }
    return _run([str(judge), json.dumps({"stub": stub, "account": account})], folder, environment)


def _ours(endpoint: Endpoint, stub: str, folder: Path) -> dict[str, Any]:
    account = _account(endpoint, "judged-ours")
    settings = {"stub": stub, "account": account, "access": toolbelt_access(endpoint)(account)}
    arguments = [str(_OURS / "v1" / "index.cjs"), json.dumps(settings), str(_OURS / "access.cjs")]
    return _run(arguments, folder, {"BRAND_ID": account})


def _run(arguments: list[str], folder: Path, environment: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        [wheel_node(), str(_HERE / "calls.cjs"), *arguments],
        cwd=folder,
        env={**start_environment(), "LAMBDA_UUID": _LAMBDA, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    outcomes: dict[str, Any] = json.loads(done.stdout)
    return outcomes


def _account(endpoint: Endpoint, account: str) -> str:
    client = ContractClient(endpoint, account)
    try:
        client.of_account("PUT", "", {})
        for name, value in SECRETS.items():
            client.of_account("PUT", f"/secrets/{name}", {"value": value})
    finally:
        client.close()
    return account


def _shown(outcome: dict[str, Any], account: str) -> str:
    return json.dumps(outcome, sort_keys=True, ensure_ascii=False).replace(account, "ACCOUNT")


def test_each_call_ends_alike_or_its_difference_is_written_down(outcomes: dict[str, dict[str, Any]]) -> None:
    theirs, ours = outcomes["theirs"], outcomes["ours"]
    assert theirs.keys() == ours.keys()
    unlike = {
        name: (_shown(theirs[name], "judged-theirs"), _shown(ours[name], "judged-ours"))
        for name in theirs
        if _shown(theirs[name], "judged-theirs") != _shown(ours[name], "judged-ours")
    }
    assert sorted(unlike) == sorted(DIFFERENCES), json.dumps(unlike, indent=1)


def test_both_ask_the_context_store_alike(outcomes: dict[str, dict[str, Any]], client: ContractClient) -> None:
    asked = client.operator("GET", "/requests").json
    by_account = {
        account: [
            (one["method"], one["path"].replace(account, "ACCOUNT"), one["status"])
            for one in asked
            if one["path"].startswith(f"/v1/account/{account}")
        ]
        for account in ("judged-theirs", "judged-ours")
    }
    assert outcomes.keys() == {"theirs", "ours"}
    assert len(by_account["judged-ours"]) > 15
    assert by_account["judged-ours"] == by_account["judged-theirs"]


URLS = [
    "https://host.example/path",
    "https://host.example/path?b=2&a=1&a=0",
    "https://host.example/path?text=x%20y%2Bz&plus=a+b&empty=",
    "https://host.example/p%C3%A4th/(a)!*'?q=(1)!*'~",
]


@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize("method", ["GET", "post"])
def test_both_sign_alike(judge: Path, url: str, method: str) -> None:
    program = """
const [theirs, ours, url, method] = process.argv.slice(1);
const { createOauthClient, createOauthHeader } = require(theirs);
const { oauthHeader } = require(ours);
const key = { consumerKey: 'key', consumerSecret: 'se&cret', token: 'tok/en', tokenSecret: 'token secret' };
const { Authorization } = createOauthHeader(createOauthClient(key), key_(key), { url, method });
function key_({ token, tokenSecret }) { return { token, tokenSecret }; }
const value = (name) => decodeURIComponent(new RegExp(`${name}="(.*?)"`).exec(Authorization)[1]);
const given = { nonce: value('oauth_nonce'), timestamp: value('oauth_timestamp') };
console.log(JSON.stringify([Authorization, oauthHeader({ url, method }, key, given).Authorization]));
"""
    theirs, ours = str(judge / "shared" / "oauthGenerator.js"), str(_OURS / "shared" / "oauth1.cjs")
    done = subprocess.run(
        [wheel_node(), "-e", program, theirs, ours, url, method],
        env=start_environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    expected, made = json.loads(done.stdout)
    assert made == expected
