"""`faasctl invoke`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from faasctl.cli import options
from faasctl.cli.options import OutputForm
from faasctl.cli.run import Run, run_verb

if TYPE_CHECKING:
    from faasctl.definition.model import Definition, FunctionSpec
    from faasctl.liveperson.platform import Platform

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)

PayloadFile = Annotated[
    str | None, typer.Argument(metavar="[PAYLOAD]", help="A JSON file with the payload; - reads standard input.")
]
Message = Annotated[str | None, typer.Option("--message", "-m", help="A consumer's text.")]
Welcome = Annotated[
    bool, typer.Option("--welcome", help="The event that opens a conversation.", show_default=False)
]
Function = Annotated[
    str | None,
    typer.Option("--function", help="A hook's name, instead of the bot's own function.", metavar="NAME"),
]


@app.command(epilog='Example: faasctl invoke --message "where is my order 1234?"')
def invoke(
    payload: PayloadFile = None,
    message: Message = None,
    welcome: Welcome = False,
    function: Function = None,
    file: options.File = options.DEFAULT_FILE,
    target: options.Target = None,
    output: options.Output = OutputForm.text,
    timeout: options.Timeout = "60s",  # type: ignore[assignment]  # parsed by the option
) -> None:
    """Run the deployed function once through the platform's test call; show result, logs and duration."""
    given = sum([payload is not None, message is not None, welcome])
    if given != 1:
        raise typer.BadParameter("give one of a payload file, --message TEXT and --welcome")
    run = Run("invoke", file=file, target=target, output=output, timeout=timeout)
    run_verb(run, lambda run: _invoke(run, payload, message, function))


def _invoke(run: Run, payload: str | None, message: str | None, function: str | None) -> None:
    read = None if payload is None else _read(payload)
    definition = run.definition(with_code=False)
    spec = _spec(definition, function)

    from faasctl.cli.target import open_account
    from faasctl.durations import show_duration
    from faasctl.errors import FunctionFailed, NotFound
    from faasctl.redaction import redactor
    from faasctl.report.lines import log_text
    from faasctl.report.streams import to_stderr

    sent = read if payload is not None else _built(definition, message)
    with open_account(definition, deadline=run.deadline) as account:
        there = next((item for item in account.platform.functions() if item.name == spec.name), None)
        if there is None:
            raise NotFound(f"function {spec.name} does not exist", hint="Run `faasctl up` first.")
        _know_secrets(spec, account.platform, there.uuid)
        try:
            answer = account.platform.test_invocation(there.uuid, sent)
        except FunctionFailed as error:
            run.outcome.result = {"payload": sent, "logs": [entry.as_json() for entry in error.logs]}
            raise
    run.outcome.result = {
        "payload": sent,
        "result": answer.result,
        "logs": [entry.as_json() for entry in answer.logs],
        "function_ms": round(answer.duration * 1000, 1),
    }
    run.outcome.text = json.dumps(redactor.data(answer.result), indent=2, ensure_ascii=False)
    if run.output is OutputForm.text:
        for entry in answer.logs:
            to_stderr(f"  {log_text(entry)}")
        to_stderr(f"{spec.name} answered in {show_duration(answer.duration)}")


def _know_secrets(spec: FunctionSpec, platform: Platform, uuid: str) -> None:
    """Tells the redactor what the deployed function may say of its secrets, without fetching them anew."""
    from faasctl.definition.model import SecretReference
    from faasctl.redaction import redactor

    names = [name for name, value in spec.environment.items() if isinstance(value, SecretReference)]
    manifest = platform.function(uuid).manifest if names else None
    if manifest is not None:
        for name in names:
            redactor.register(manifest.environment.get(name, ""))


def _spec(definition: Definition, name: str | None) -> FunctionSpec:
    from faasctl.errors import UsageError

    if name is None:
        return definition.function
    for spec in definition.functions:
        if spec.name == name:
            return spec
    raise UsageError(
        f"the definition has no function {name}",
        hint=f"It has {', '.join(spec.name for spec in definition.functions)}.",
    )


def _built(definition: Definition, message: str | None) -> dict[str, Any]:
    import uuid

    from faasctl.conversation.payloads import text_payload, welcome_payload

    conversation = str(uuid.uuid4())
    if message is None:
        return welcome_payload(definition.bot.conversation, conversation_id=conversation)
    return text_payload(message, conversation_id=conversation)


def _read(name: str) -> Any:
    from faasctl.errors import InvalidDefinition, UsageError
    from faasctl.findings import Finding

    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise UsageError(f"cannot read the payload {name}: {reason}", hint="Give a JSON file, or -.") from None
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        finding = Finding(
            file=name,
            line=error.lineno,
            column=error.colno,
            rule="json-syntax",
            message=f"the payload is not JSON: {error.msg}",
        )
        raise InvalidDefinition([finding]) from None
    except RecursionError:
        raise UsageError(f"the payload {name} is nested too deeply") from None
