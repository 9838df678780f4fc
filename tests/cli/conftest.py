"""What every test of the command line leaves behind is taken back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from faasctl.redaction import redactor


@pytest.fixture(autouse=True)
def secrets_of_one_test() -> Iterator[None]:
    """Forgets afterwards what a test registered, so that no test masks another one's words."""
    known = set(redactor._secrets)
    yield
    redactor._secrets.clear()
    redactor._secrets.update(known)
