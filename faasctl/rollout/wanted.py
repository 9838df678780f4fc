"""What the account should hold: the definition, with its secrets fetched."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from faasctl.definition.secrets import resolve_environment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from faasctl.definition.model import Definition, FunctionSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedFunction:
    """A function as it should be; `environment` holds values only, secrets among them."""

    spec: FunctionSpec
    environment: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """`functions` holds the bot's own function first, then its hooks."""

    definition: Definition
    functions: tuple[WantedFunction, ...]


def wanted(definition: Definition, *, environ: Mapping[str, str] = os.environ) -> Wanted:
    """Fetches every secret; CredentialsError for the first that is missing."""
    return Wanted(
        definition=definition,
        functions=tuple(
            WantedFunction(spec=spec, environment=resolve_environment(spec.environment, environ=environ))
            for spec in definition.functions
        ),
    )
