"""Which of the definition's functions a verb is about, and where it is in the account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from faasctl.files import shown_path

if TYPE_CHECKING:
    from faasctl.definition.model import Definition, FunctionSpec
    from faasctl.liveperson.model import RemoteFunction
    from faasctl.liveperson.platform import Platform

Function = Annotated[
    str | None,
    typer.Option(
        "--function",
        help="bot, or the hook pre, post or error, or a function's name; the bot's own function if not given.",
        metavar="NAME",
    ),
]


def chosen_function(definition: Definition, given: str | None) -> FunctionSpec:
    """The function with this name or in this role; UsageError when the definition has none."""
    from faasctl.errors import UsageError

    if given is None:
        return definition.function
    for spec in definition.functions:
        if spec.name == given:
            return spec
    for spec in definition.functions:
        if given == ("bot" if spec.role == "function" else spec.role):
            return spec
    raise UsageError(
        f"the definition has no function {given}",
        hint=f"It has {', '.join(spec.name for spec in definition.functions)}.",
    )


def in_own_file(stack: str | None, spec: FunctionSpec) -> str | None:
    """A stack trace of the function, with the file that the definition names in place of the platform's name."""
    return None if stack is None else stack.replace(f"{spec.name}/index.js", shown_path(spec.code_path))


def function_there(spec: FunctionSpec, platform: Platform) -> RemoteFunction:
    """The function in the account; NotFound when it is not there.

    What it may tell of its secrets becomes known to the redactor, without the secrets being fetched anew.
    """
    from faasctl.definition.model import SecretReference
    from faasctl.errors import NotFound
    from faasctl.redaction import redactor

    there = next((item for item in platform.functions() if item.name == spec.name), None)
    if there is None:
        raise NotFound(f"function {spec.name} does not exist", hint="Run `faasctl up` first.")
    secret = [name for name, value in spec.environment.items() if isinstance(value, SecretReference)]
    manifest = platform.function(there.uuid).manifest if secret else None
    if manifest is not None:
        for name in secret:
            redactor.register(manifest.environment.get(name, ""))
    return there
