"""LivePerson's command-line client, unchanged, against a V1 account of the emulator."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.official.calls import Call, compared
from tests.official.conftest import open_account
from tests.official.lpf import CODE, Lpf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from faasctl.emulator.endpoint import Endpoint

pytestmark = pytest.mark.npm


@pytest.fixture(scope="module")
def story(
    emulator: Endpoint, surroundings: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Call]:
    """What came of every call, by what it is for; what `pull` wrote stands under `pulled`."""
    client = open_account(emulator, "31415926", generation="v1")
    lpf = Lpf(client, tmp_path_factory.mktemp("project"), surroundings)
    calls = {}
    for step in lpf.story():
        calls[step.what] = lpf.run(step)
        if step.what == "pull":
            pulled = {
                "code": (lpf.function / "index.js").read_text("utf-8"),
                **json.loads((lpf.function / "config.json").read_text("utf-8")),
            }
            assert pulled["code"] == CODE
            assert pulled["environmentVariables"] == [{"key": "GREETING", "value": "Hi"}]
            assert (pulled["name"], pulled["description"]) == ("Greeter", "Greets people")
    client.close()
    return calls


def test_every_call_ends_as_it_is_recorded(story: Mapping[str, Call]) -> None:
    now, recorded = compared("cli", story.values())
    assert now == recorded
