"""LivePerson's invocation client, unchanged, against accounts of both generations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.official.calls import compared
from tests.official.conftest import open_account
from tests.official.invocations import Invocations

if TYPE_CHECKING:
    from collections.abc import Mapping

    from faasctl.emulator.endpoint import Endpoint
    from faasctl.facts.services import Generation

pytestmark = pytest.mark.npm


@pytest.mark.parametrize("generation", ["v1", "v2"])
def test_every_call_ends_as_it_is_recorded(
    generation: Generation, emulator: Endpoint, surroundings: Mapping[str, str]
) -> None:
    client = open_account(emulator, f"2718281{generation[1]}", generation=generation)
    invocations = Invocations(client, generation, surroundings)
    calls = [invocations.run(asked) for asked in invocations.calls()]
    client.close()
    now, recorded = compared(f"client-{generation}", calls)
    assert now == recorded
