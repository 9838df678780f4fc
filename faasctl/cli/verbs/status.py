"""`faasctl status`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from faasctl.cli import options
from faasctl.cli.options import OutputForm
from faasctl.cli.run import Run, run_verb

if TYPE_CHECKING:
    from faasctl.definition.model import Definition
    from faasctl.liveperson.model import BotConfiguration
    from faasctl.rollout.actual import Actual

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


@app.command(epilog="Example: faasctl status --output json | jq .result.bot.state")
def status(
    file: options.File = options.DEFAULT_FILE,
    target: options.Target = None,
    output: options.Output = OutputForm.text,
    timeout: options.Timeout = options.DEFAULT_TIMEOUT,  # type: ignore[assignment]  # parsed by the option
) -> None:
    """Show what the account holds now: functions, their states, the bot, and who agreed to the data disclaimer."""
    run_verb(Run("status", file=file, target=target, output=output, timeout=timeout), _status)


def _status(run: Run) -> None:
    definition = run.definition(with_code=False)

    from faasctl.cli.cloud_target import lock_file
    from faasctl.cli.rolling import journal_of
    from faasctl.cli.target import open_account
    from faasctl.rollout.actual import read_actual
    from faasctl.rollout.fingerprint import fingerprint

    with open_account(definition, deadline=run.deadline) as account:
        actual = read_actual(definition, account.platform, account.bots)
    tested = journal_of(definition).passed == fingerprint(definition, actual)
    run.outcome.result = {
        "functions": [_function(definition, actual, role) for role in ("function", *definition.hooks)],
        "bot": _bot(actual.bot),
        "bot_known_from": "the emulator" if definition.target == "local" else lock_file(definition.path).name,
        "tested": tested,
    }
    run.outcome.text = "\n".join(_lines(run.outcome.result, definition))


def _function(definition: Definition, actual: Actual, role: Any) -> dict[str, Any]:
    spec = definition.function if role == "function" else definition.hooks[role]
    there = actual.functions.get(spec.role)
    return {
        "role": spec.role,
        "name": spec.name,
        "event": spec.event_id,
        "uuid": there.uuid if there else None,
        "state": there.state if there else None,
        "version": there.manifest.version if there and there.manifest else None,
    }


def _bot(bot: BotConfiguration | None) -> dict[str, Any] | None:
    if bot is None:
        return None
    consent = bot.disclaimer
    return {
        "id": bot.bot_id,
        "name": bot.name,
        "agent": bot.agent,
        "state": bot.state,
        "draft": bot.draft,
        "function": bot.function_uuid,
        "hooks": {"pre": bot.pre_hook, "post": bot.post_hook, "error": bot.error_hook},
        "disclaimer": None
        if consent is None
        else {"accepted_by": consent.by, "accepted_on": consent.on, "recorded_at": consent.at},
    }


def _lines(result: dict[str, Any], definition: Definition) -> list[str]:
    lines: list[str] = []
    if definition.target == "cloud":
        lines.append(
            "functions are told by the management API; bot and disclaimer as people confirmed them in "
            f"{result['bot_known_from']}: LivePerson publishes no API for them"
        )
    for function in result["functions"]:
        what = "function" if function["role"] == "function" else f"{function['role']} hook"
        there = (
            f"{function['state']}, version {function['version']}, {function['uuid']}"
            if function["uuid"]
            else "does not exist"
        )
        lines.append(f"{what:<18} {function['name']}: {there}")
    bot = result["bot"]
    if bot is None:
        return [*lines, f"{'bot':<18} {definition.bot.name}: no configuration"]
    consent = bot["disclaimer"]
    agreed = (
        f"accepted by {consent['accepted_by']} on {consent['accepted_on']}, recorded {consent['recorded_at']}"
        if consent
        else "not accepted"
    )
    return [
        *lines,
        f"{'bot':<18} {bot['name']} ({bot['agent']}): {bot['state'].lower()}{', draft' if bot['draft'] else ''}",
        f"{'data disclaimer':<18} {agreed}",
        f"{'test connection':<18} {'passed for this state' if result['tested'] else 'not passed for this state'}",
    ]
