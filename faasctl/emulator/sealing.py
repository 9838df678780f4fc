"""What users entrust to the emulator, unreadable in its state file: the key lies elsewhere.

The state file stands in the project, where backups, archives and other programs find it; the key stands in the
user's own data folder. AES-256-GCM of the package `cryptography`, which is imported when the first text is sealed
or opened.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import os
import secrets
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from faasctl.errors import PlatformError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_FILE_VARIABLE = "FAASCTL_STATE_KEY_FILE"
_KEY_BYTES = 32
_NONCE_BYTES = 12
_MARK = "sealed:1:"


class Unsealable(PlatformError):
    """A sealed text and the key do not fit, or the text was changed."""


class Seal:
    """Seals with the key of FAASCTL_STATE_KEY_FILE or of the user's data folder; makes one where there is none."""

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        self._environ = environ
        self._loaded: AESGCM | None = None

    def seal(self, text: str, *, of: str) -> str:
        """The sealed `text`; it opens only as the text `of` the same thing, so that two cannot be swapped."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = self._cipher().encrypt(nonce, text.encode("utf-8", "surrogatepass"), of.encode())
        return _MARK + base64.b64encode(nonce + sealed).decode()

    def open(self, sealed: str, *, of: str) -> str:
        """The text; Unsealable when another key sealed it, or it was changed or moved."""
        from cryptography.exceptions import InvalidTag

        try:
            raw = base64.b64decode(sealed.removeprefix(_MARK), validate=True)
            text = self._cipher().decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], of.encode())
        except (InvalidTag, binascii.Error, ValueError):
            raise Unsealable(
                f"the emulator cannot open the {of} in its state: it was sealed with another key than that of "
                f"{self.key_file}",
                hint="Bring the key file back, or run `faasctl emulator reset` to start with an empty platform.",
            ) from None
        return text.decode("utf-8", "surrogatepass")

    @property
    def key_file(self) -> Path:
        if given := self._environ.get(KEY_FILE_VARIABLE):
            return Path(given)
        import platformdirs

        return platformdirs.user_data_path("faasctl", appauthor=False) / "emulator.key"

    def _cipher(self) -> AESGCM:
        if self._loaded is None:
            from cryptography.hazmat.primitives.ciphers.aead import AESGCM

            self._loaded = AESGCM(self._key())
        return self._loaded

    def _key(self) -> bytes:
        path = self.key_file
        try:
            if not path.exists():
                _make_key(path)
            key = binascii.unhexlify(path.read_bytes().strip())
        except OSError as error:
            raise PlatformError(
                f"the emulator's key file {path} cannot be used: {error.strerror}",
                hint=f"Name another file with {KEY_FILE_VARIABLE}.",
            ) from None
        except binascii.Error:
            key = b""
        if len(key) != _KEY_BYTES:
            raise PlatformError(
                f"the emulator's key file {path} holds no key",
                hint="Bring the right file back, or delete it and run `faasctl emulator reset`; "
                f"{KEY_FILE_VARIABLE} names another file.",
            )
        return key


def is_sealed(text: str) -> bool:
    return text.startswith(_MARK)


def _make_key(path: Path) -> None:
    """Puts a whole new key file there, mode 0600; where two processes do this at once, the first one's stays."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_hex(_KEY_BYTES).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(name, path)
    finally:
        Path(name).unlink(missing_ok=True)
