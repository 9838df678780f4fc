"""Secrets come from the environment or the keyring, and are known to the redactor from then on."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import keyring
import keyring.backend
import pytest

from faasctl.definition.model import SecretReference
from faasctl.definition.secrets import resolve, resolve_environment
from faasctl.errors import CredentialsError
from faasctl.redaction import redactor

REFERENCE = SecretReference(name="order-api-key")


class MemoryKeyring(keyring.backend.KeyringBackend):
    """Holds passwords in memory; `wait` keeps it from answering, `failing` lets it break."""

    priority = 1

    def __init__(self) -> None:
        self.passwords: dict[tuple[str, str], str] = {}
        self.answers = threading.Event()
        self.answers.set()
        self.failing = False

    def get_password(self, service: str, username: str) -> str | None:
        self.answers.wait(10)
        if self.failing:
            raise OSError("no session bus")
        return self.passwords.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.passwords[service, username] = password


@pytest.fixture
def memory() -> Iterator[MemoryKeyring]:
    before = keyring.get_keyring()
    backend = MemoryKeyring()
    keyring.set_keyring(backend)
    yield backend
    backend.answers.set()
    keyring.set_keyring(before)


def test_the_environment_comes_first(memory: MemoryKeyring) -> None:
    memory.set_password("faasctl", "secret:order-api-key", "from the keyring")
    assert resolve(REFERENCE, environ={"FAASCTL_SECRET_ORDER_API_KEY": "from the environment"}) == (
        "from the environment"
    )


def test_the_keyring_is_asked_next(memory: MemoryKeyring) -> None:
    memory.set_password("faasctl", "secret:order-api-key", "from the keyring")
    assert resolve(REFERENCE, environ={"FAASCTL_SECRET_ORDER_API_KEY": ""}) == "from the keyring"


def test_a_secret_that_was_fetched_is_never_shown(memory: MemoryKeyring) -> None:
    resolve(REFERENCE, environ={"FAASCTL_SECRET_ORDER_API_KEY": "s3cr3t-of-this-test"})
    assert redactor.text("got s3cr3t-of-this-test") == "got ***"


def test_a_missing_secret_says_where_to_put_it(memory: MemoryKeyring) -> None:
    with pytest.raises(CredentialsError, match="order-api-key is missing") as caught:
        resolve(REFERENCE, environ={})
    assert "FAASCTL_SECRET_ORDER_API_KEY" in (caught.value.hint or "")
    assert "keyring set faasctl secret:order-api-key" in (caught.value.hint or "")


def test_a_keyring_that_hangs_is_not_waited_for(memory: MemoryKeyring) -> None:
    memory.answers.clear()
    with pytest.raises(CredentialsError, match=r"did not answer within 0\.05 s"):
        resolve(REFERENCE, environ={}, seconds=0.05)


def test_a_keyring_that_breaks_is_a_missing_secret(memory: MemoryKeyring) -> None:
    memory.failing = True
    with pytest.raises(CredentialsError, match=r"the keyring failed \(OSError\)"):
        resolve(REFERENCE, environ={})


def test_a_secret_longer_than_a_variable_may_be_is_refused(memory: MemoryKeyring) -> None:
    secret = "x" * 1025
    with pytest.raises(CredentialsError, match="has 1,025 characters") as caught:
        resolve(REFERENCE, environ={"FAASCTL_SECRET_ORDER_API_KEY": secret})
    assert secret not in str(caught.value)


def test_an_environment_is_resolved_as_a_whole(memory: MemoryKeyring) -> None:
    environment: dict[str, str | SecretReference] = {"A": "plain", "KEY": REFERENCE}
    assert resolve_environment(environment, environ={"FAASCTL_SECRET_ORDER_API_KEY": "sec-ret"}) == {
        "A": "plain",
        "KEY": "sec-ret",
    }
