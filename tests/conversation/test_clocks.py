from __future__ import annotations

import uuid

from faasctl.conversation.clocks import numbered_ids


def test_ids_follow_from_any_seed_a_path_that_is_not_utf_8_too() -> None:
    for seed in ("conversations/a.yaml", "bad\udcff/a.yaml"):
        first, again = numbered_ids(seed), numbered_ids(seed)
        ids = [first(), first()]
        assert ids == [again(), again()]
        assert len({uuid.UUID(one) for one in ids}) == 2
