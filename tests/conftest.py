"""What holds for every test."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The key of the emulator's state lies in a folder of the tests, not with the user's own data."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FAASCTL_STATE_KEY_FILE", os.fspath(tmp_path_factory.mktemp("key") / "emulator.key"))
        yield


@pytest.fixture(scope="session", autouse=True)
def package_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What npm installs for functions lies in a folder of the tests, too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FAASCTL_CACHE_DIR", os.fspath(tmp_path_factory.mktemp("packages")))
        yield
