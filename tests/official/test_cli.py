"""LivePerson's command-line client, unchanged, against a V1 account of the emulator."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.official.calls import Call, compared
from tests.official.conftest import open_account
from tests.official.lpf import CODE, Lpf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from faasctl.emulator.endpoint import Endpoint

pytestmark = pytest.mark.npm


@dataclass(frozen=True, kw_only=True)
class Story:
    """Every call of it, and what `pull` wrote."""

    calls: list[Call]
    code: str
    config: dict[str, Any]


@pytest.fixture(scope="module")
def story(emulator: Endpoint, surroundings: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Story:
    client = open_account(emulator, "31415926", generation="v1")
    lpf = Lpf(client, tmp_path_factory.mktemp("project"), surroundings)
    calls, pulled = [], ("", "{}")
    for step in lpf.story():
        calls.append(lpf.run(step))
        if step.what == "pull":
            pulled = (
                (lpf.function / "index.js").read_text("utf-8"),
                (lpf.function / "config.json").read_text("utf-8"),
            )
    client.close()
    return Story(calls=calls, code=pulled[0], config=json.loads(pulled[1]))


def test_every_call_ends_as_it_is_recorded(story: Story) -> None:
    now, recorded = compared("cli", story.calls)
    assert now == recorded


def test_what_was_pushed_is_pulled(story: Story) -> None:
    assert story.code == CODE
    assert story.config["environmentVariables"] == [{"key": "GREETING", "value": "Hi"}]
    assert (story.config["name"], story.config["description"]) == ("Greeter", "Greets people")
