"""How a real account is reached: the options that every verb with a target takes, and what they come to.

They are added to the verbs' commands in one place, so that a verb's own function holds what is the verb's own.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import typer
from typer.core import TyperOption

from faasctl.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

CHANGING = frozenset({"up", "create", "deploy", "attach", "accept-disclaimer"})
"""Verbs that write to the account; `protected` holds for them."""
CONNECTED = CHANGING | {"test-connection", "status", "plan", "invoke", "chat", "test", "logs", "metrics"}
REACHING = CONNECTED | {"login", "logout", "whoami"}

_BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")


@dataclass(slots=True)
class Connection:
    """What the command line and the environment say."""

    ca_bundle: str | None = None
    credentials_file: str | None = None
    api: Literal["v1", "v2"] | None = None
    confirm: str | None = None


chosen = Connection()
"""Of this process: a process runs one verb."""


def add_options(verb: str, command: Any) -> None:
    """Adds the options that `verb` takes to its command."""
    if verb in REACHING:
        command.params.append(
            _option(
                "ca_bundle", "--ca-bundle", "Certificates (PEM file) to trust instead of the usual ones.", "FILE"
            )
        )
        command.params.append(
            _option(
                "credentials_file",
                "--credentials-file",
                "Where credentials are kept, instead of the keyring; a file that only you can read.",
                "FILE",
            )
        )
    if verb in CONNECTED:
        command.params.append(
            _option("api", "--api", "Speak this generation of the API: v1 or v2; found out if not given.", "V")
        )
    if verb in CHANGING:
        command.params.append(
            _option("confirm", "--confirm", "The account's id, to write to one that is `protected`.", "ACCOUNT")
        )


def _option(name: str, flag: str, help_text: str, metavar: str) -> TyperOption:
    return TyperOption(
        param_decls=[name, flag],
        envvar=f"FAASCTL_{name.upper()}",
        help=help_text,
        metavar=metavar,
        default=None,
        expose_value=False,
        callback=_remember,
        show_envvar=True,
    )


def _remember(_: Any, parameter: Any, value: str | None) -> None:
    if parameter.name == "api" and value not in (None, "v1", "v2"):
        raise typer.BadParameter(f"--api is v1 or v2, not {value}")
    setattr(chosen, parameter.name, value)


def ca_bundle(environ: Mapping[str, str] = os.environ) -> str | None:
    """The file of certificates to trust, None for the usual ones; UsageError where it cannot be used."""
    named = [("--ca-bundle", chosen.ca_bundle), *((name, environ.get(name)) for name in _BUNDLES)]
    source, path = next(((source, path) for source, path in named if path), (None, None))
    if path is None:
        return None
    import ssl

    if Path(path).is_dir():  # certificates by hash, as OpenSSL keeps them
        return path
    try:
        ssl.create_default_context(cafile=path)
    except (OSError, ssl.SSLError) as error:
        reason = "it holds no certificate" if isinstance(error, ssl.SSLError) else (error.strerror or str(error))
        raise UsageError(
            f"{path}, named by {source}, cannot be used as certificates: {reason}",
            hint="Give a file in PEM form: -----BEGIN CERTIFICATE-----.",
        ) from None
    return path
