"""Making and checking app tokens: RS256 JSON Web Tokens, signed with one key per state folder."""

from __future__ import annotations

import hmac
import json
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from faasctl.emulator.oauth.errors import wrong_client
from faasctl.emulator.refusals import not_allowed, not_signed_in
from faasctl.facts.permissions import INVOCATION_SCOPE
from faasctl.facts.services import APP_TOKEN_SECONDS, SENTINEL_ISSUER

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    from faasctl.emulator.accounts import Accounts
    from faasctl.emulator.store import Store

_KEY_NAME = "token_key"
_KEY_ID = "faasctl-emulator"
_VERIFIED_KEPT = 256


class AppTokens:
    """The cryptography is imported, and the key made, when the first token is asked for or shown."""

    def __init__(self, store: Store, accounts: Accounts, *, clock: Callable[[], float] = time.time) -> None:
        self._store = store
        self._accounts = accounts
        self._clock = clock
        self._loaded_key: RSAPrivateKey | None = None
        self._verified: OrderedDict[str, dict[str, Any]] = OrderedDict()

    def issue(self, account: str, client_id: str, client_secret: str) -> str:
        """A token that opens the account's gateway for an hour; refused unless the client is the account's."""
        client = self._accounts.client(account)
        if client is None or not (
            hmac.compare_digest(client.client_id.encode(), client_id.encode())
            and hmac.compare_digest(client.client_secret.encode(), client_secret.encode())
        ):
            raise wrong_client()
        import jwt

        now = int(self._clock())
        claims = {
            "aud": account,
            "azp": client_id,
            "scope": INVOCATION_SCOPE,
            "iss": SENTINEL_ISSUER,
            "iat": now,
            "exp": now + APP_TOKEN_SECONDS,
        }
        return jwt.encode(claims, self._key(), algorithm="RS256", headers={"kid": _KEY_ID})

    def verify(self, account: str, token: str) -> None:
        """Passes a living token of this platform for `account` with the right scope; raises 401 or 403."""
        claims = self._verified.get(token)
        if claims is None:
            claims = self._decode(token)
            self._verified[token] = claims
            if len(self._verified) > _VERIFIED_KEPT:
                self._verified.popitem(last=False)
        if claims["exp"] <= self._clock():
            raise not_signed_in("the app token has expired")
        if claims["aud"] != account:
            raise not_allowed("the app token belongs to another account")
        if INVOCATION_SCOPE not in str(claims.get("scope", "")).split():
            raise not_allowed(f"the app token lacks the scope {INVOCATION_SCOPE}")

    def _decode(self, token: str) -> dict[str, Any]:
        import jwt

        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                self._key().public_key(),
                algorithms=["RS256"],
                issuer=SENTINEL_ISSUER,
                options={"require": ["exp", "aud"], "verify_aud": False, "verify_exp": False, "verify_iat": False},
            )
        except jwt.InvalidTokenError:
            raise not_allowed("the app token is not one of this platform's") from None
        return claims

    def key_set(self) -> dict[str, Any]:
        """The public key as a JSON Web Key Set."""
        from jwt.algorithms import RSAAlgorithm

        key = json.loads(RSAAlgorithm.to_jwk(self._key().public_key()))
        return {"keys": [{**key, "kid": _KEY_ID, "alg": "RS256", "use": "sig", "key_ops": ["verify"]}]}

    def _key(self) -> RSAPrivateKey:
        """The key of the state folder; whichever process made one first has its key kept."""
        if self._loaded_key is None:
            from cryptography.hazmat.primitives.asymmetric import rsa
            from cryptography.hazmat.primitives.serialization import (
                Encoding,
                NoEncryption,
                PrivateFormat,
                load_pem_private_key,
            )

            text = self._store.identity(_KEY_NAME)
            if text is None:
                made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
                pem = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
                text = self._store.remember(_KEY_NAME, pem.decode())
            key = load_pem_private_key(text.encode(), None)
            if not isinstance(key, rsa.RSAPrivateKey):
                raise TypeError("the state file holds another kind of key")
            self._loaded_key = key
        return self._loaded_key
