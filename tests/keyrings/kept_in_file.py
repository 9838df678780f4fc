"""Keyrings for the tests, chosen by PYTHON_KEYRING_BACKEND: one that works, one that fails, one that hangs."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError


class Working(KeyringBackend):
    """Keeps secrets in the file FAASCTL_TEST_KEYRING, so that the next process finds them."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        found = _all().get(f"{service}/{username}")
        return None if found is None else str(found)

    def set_password(self, service: str, username: str, password: str) -> None:
        _file().write_text(json.dumps({**_all(), f"{service}/{username}": password}))

    def delete_password(self, service: str, username: str) -> None:
        kept = _all()
        if kept.pop(f"{service}/{username}", None) is None:
            raise PasswordDeleteError("there is none")
        _file().write_text(json.dumps(kept))


class Failing(Working):
    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError("the keyring is locked")


class Hanging(Working):
    def get_password(self, service: str, username: str) -> str | None:
        time.sleep(600)
        return None


def _file() -> Path:
    return Path(os.environ["FAASCTL_TEST_KEYRING"])


def _all() -> dict[str, str]:
    return dict(json.loads(_file().read_text())) if _file().exists() else {}
