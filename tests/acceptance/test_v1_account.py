"""A V1 account from nothing to a tested bot, on both targets."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.acceptance.conftest import Project

V1_CODE = """\
function lambda(input, callback) {
  const message = (input.payload && input.payload.message) || '';
  if (message === 'fail') return callback(new Error('told to fail'));
  callback(null, { messages: [`${process.env.GREETING} ${message}`], context: {} });
}
"""


def _old(project: Project) -> Project:
    project.define(emulator={"platform": "v1"})
    project.write(V1_CODE)
    return project


def _requests(project: Project) -> list[str]:
    told = project.ask_emulator("GET", "/emulator/requests")
    return [f"{call['method']} {call['path']}" for call in told if not call["path"].startswith("/emulator")]


def test_a_bot_of_v1_is_made_changed_and_left_alone(emulator: Project) -> None:
    project = _old(emulator)
    assert set(project.json("up").steps.values()) == {"done"}
    assert project.json("invoke", "--message", "Jane").json["result"]["result"]["messages"] == ["Hello Jane"]
    before = len(_requests(project))
    assert set(project.json("up").steps.values()) == {"skipped"}
    made = _requests(project)[before:]
    assert all(call.startswith("GET") for call in made)
    assert len(made) <= 4, made
    project.define(emulator={"platform": "v1"}, function={"environment": {"GREETING": "Hi"}})
    steps = project.json("up").steps
    assert (steps["create"], steps["deploy"], steps["attach"]) == ("done", "done", "skipped")
    assert project.json("invoke", "--message", "Jane").json["result"]["result"]["messages"] == ["Hi Jane"]
    failed = project.json("invoke", "--message", "fail", status=5).json["error"]
    assert "com.liveperson.faas.handler.custom-failure" in failed["message"]
    assert project.run("logs").status == 0
    assert project.run("metrics").status == 0
    assert project.json("status").json["ok"]


def test_a_deployment_that_fails_on_v1_tells_why(emulator: Project) -> None:
    project = _old(emulator)
    project.write(f"throw new Error('at the top');\n{V1_CODE}")
    assert "at the top" in project.json("up", status=6).json["error"]["message"]
    project.write(V1_CODE)
    assert project.run("up").status == 0


def _as_cloud(project: Project, platform: str) -> None:
    """The same emulator as a LivePerson account, signed in to."""
    project.ask_emulator("PUT", "/emulator/accounts/demo", {"platform": platform, "skills": ["Human Agents"]})
    user = project.ask_emulator("GET", "/emulator/accounts/demo/credentials")["user"]
    project.environ |= {
        "FAASCTL_TARGET": "cloud",
        "FAASCTL_REACH_AT": project.json("emulator", "status").json["result"]["url"],
        "FAASCTL_USERNAME": user["username"],
        "FAASCTL_PASSWORD": user["password"],
        "XDG_CACHE_HOME": os.fspath(project.folder.parent / "cache"),
    }


@pytest.mark.parametrize("platform", ["v1", "v2"])
def test_code_of_the_other_generation_is_never_sent(emulator: Project, platform: str) -> None:
    emulator.write(V1_CODE if platform == "v2" else emulator.code)
    _as_cloud(emulator, platform)
    error = emulator.json("up", status=3).json["error"]
    rule = {"v1": "no-callback", "v2": "v1-style"}[platform]
    assert rule in {finding["rule"] for finding in error["findings"]}
    assert f"{platform.upper()} account" in error["hint"]
    sent = [call for call in _requests(emulator) if not call.startswith("GET") and not call.endswith("/login")]
    assert sent == []


def test_the_generation_is_found_out_and_can_be_forced(emulator: Project) -> None:
    emulator.write(V1_CODE)
    _as_cloud(emulator, "v1")
    assert emulator.json("whoami").json["result"]["platform"] == "v1"
    assert emulator.run("create").status == 0
    assert "POST /api/account/demo/lambdas" in _requests(emulator)
    error = emulator.json("status", "--api", "v2", status=6).json["error"]
    assert error["kind"] == "not-found"
