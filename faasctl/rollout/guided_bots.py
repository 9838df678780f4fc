"""Bot configurations of a real account: a person carries them out in the browser, and says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from faasctl.errors import ConsentNeeded
from faasctl.liveperson.model import BotConfiguration, Disclaimer
from faasctl.rollout.confirmations import Confirmation, Confirmations
from faasctl.rollout.desired_bot import COMPARED, ONLINE, bot_differences

if TYPE_CHECKING:
    from faasctl.definition.model import Definition

ATTACH, DISCLAIMER, GO_ONLINE = "attach", "accept-disclaimer", "online"
_WHERE = "In Conversational Cloud, open Conversational AI > Third-Party Bots"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guidance:
    """Steps for a person, and the question that they answer when all is done."""

    title: str
    steps: tuple[str, ...]
    question: str

    @property
    def numbered(self) -> tuple[str, ...]:
        return tuple(f"{number}. {step}" for number, step in enumerate(self.steps, 1))


class GuidedBots:
    """Implements BotConfigurations. `confirm` shows the guidance and gives who confirmed it, None for nobody.

    `names` gives a function's name for its uuid: the wizard's menus show names.
    """

    def __init__(
        self,
        definition: Definition,
        confirmations: Confirmations,
        *,
        confirm: Callable[[Guidance], str | None],
        names: Callable[[str], str],
        now: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
    ) -> None:
        self._definition = definition
        self._confirmations = confirmations
        self._confirm = confirm
        self._names = names
        self._now = now

    def read(self, bot_id: str) -> BotConfiguration | None:
        """The configuration as it was last confirmed."""
        confirmed = self._confirmations.of(self._definition.account, bot_id)
        attached = confirmed.get(ATTACH)
        if attached is None:
            return None
        known = {part: attached.values[word] for part, word in COMPARED.items() if word in attached.values}
        try:
            bot = BotConfiguration(bot_id=bot_id, **known)
        except TypeError:  # an older faasctl recorded less
            return None
        agreed, online = confirmed.get(DISCLAIMER), confirmed.get(GO_ONLINE)
        if agreed is not None:
            bot = replace(
                bot,
                disclaimer=Disclaimer(
                    by=str(agreed.values["accepted_by"]), on=str(agreed.values["accepted_on"]), at=agreed.at
                ),
                draft=False,
            )
        if online is not None and online.values == attached.values:
            bot = replace(bot, state=ONLINE)
        return bot

    def save(self, bot: BotConfiguration) -> BotConfiguration:
        before = self.read(bot.bot_id)
        changed = () if before is None else bot_differences(bot, before)
        guidance = Guidance(
            title=f"Bot {bot.name} is set up in the browser: LivePerson publishes no API for bot configurations.",
            steps=(*self._opening(bot, exists=before is not None), *self._settings(bot)),
            question="Is the bot saved with exactly these settings?",
        )
        what = (
            f"changed since it was confirmed: {', '.join(changed)}"
            if changed
            else "never confirmed"
            if before is None
            else "to be confirmed again"
        )
        self._ask(bot.bot_id, ATTACH, guidance, _values(bot), f"the configuration of bot {bot.name} is {what}")
        return self._read_back(bot.bot_id)

    def accept_disclaimer(self, bot_id: str, *, by: str, on: str) -> BotConfiguration:
        name = self._definition.bot.name
        guidance = Guidance(
            title=f"{by} agreed to the Data Disclaimer on {on}; the wizard of bot {name} has to say so too.",
            steps=(
                f"{_WHERE}, and edit {name}.",
                "In the vendor settings, tick I agree to the Data Disclaimer.",
                "Press Test Connection, then Done.",
            ),
            question="Is the Data Disclaimer ticked, and the bot saved?",
        )
        self._ask(
            bot_id,
            DISCLAIMER,
            guidance,
            {"accepted_by": by, "accepted_on": on},
            f"that the Data Disclaimer is ticked for bot {name} was never confirmed",
        )
        return self._read_back(bot_id)

    def start(self, bot_id: str) -> BotConfiguration:
        bot = self._read_back(bot_id)
        guidance = Guidance(
            title=f"Bot {bot.name} is started in the browser.",
            steps=(f"{_WHERE}, and start {bot.name}.", "Wait until its state is Online."),
            question="Is the bot online?",
        )
        self._ask(
            bot_id,
            GO_ONLINE,
            guidance,
            _values(bot),
            f"that bot {bot.name} is online with this configuration was never confirmed",
        )
        return self._read_back(bot_id)

    def stop(self, bot_id: str) -> BotConfiguration:
        """Part of the guidance of `save`."""
        return self._read_back(bot_id)

    def _opening(self, bot: BotConfiguration, *, exists: bool) -> tuple[str, ...]:
        if exists:
            return (f"{_WHERE}; if {bot.name} is online, stop it, then edit it.",)
        return (f"{_WHERE}, and press + Add Bot.", f"Bot type: Agent bot. Name: {bot.name}.")

    def _settings(self, bot: BotConfiguration) -> tuple[str, ...]:
        messages = [
            ("Transfer message to Customer", bot.message_to_customer),
            ("Transfer message to Agent", bot.message_to_agent),
            ("Transfer failure message", bot.failure_message),
        ]
        told = "".join(f" {label}: {text!r}." for label, text in messages if text)
        welcome = (
            f" Welcome Message: {_switch(bot.welcome_message)}." if bot.conversation_type == "MESSAGING" else ""
        )
        return (
            f"Assign agent: {bot.agent} (it must be this bot's alone).",
            f"Conversation type: {bot.conversation_type.capitalize()}.{welcome}{_combining(bot)}",
            f"Engagement Attributes: {_switch(bot.engagement_attributes)}.",
            f"Error handling: Transfer to skill: {bot.escalation_skill}.{told}",
            f"Enable error-hook: {self._chosen(bot.error_hook)}.",
            "Connect to A.I.: LivePerson Functions; press the refresh button beside the menu.",
            f"Select the function {self._chosen(bot.function_uuid)}.",
            f"Pre-hook: {self._chosen(bot.pre_hook)}. Post-hook: {self._chosen(bot.post_hook)}.",
            "Press Done.",
        )

    def _chosen(self, uuid: str | None) -> str:
        return "off" if uuid is None else f"{self._names(uuid)} ({uuid})"

    def _ask(self, bot_id: str, step: str, guidance: Guidance, values: Mapping[str, Any], missing: str) -> None:
        by = self._confirm(guidance)
        if by is None:
            raise ConsentNeeded(
                f"{missing} (account {self._definition.account})",
                hint=f"A person does this in the browser: {' '.join(guidance.numbered)} Then run `faasctl up` on "
                f"a terminal to confirm it, and commit {self._confirmations.path.name}: pipelines go by it.",
            )
        self._confirmations.record(
            Confirmation(
                account=self._definition.account,
                bot=bot_id,
                step=step,
                by=by,
                at=self._now().isoformat(timespec="seconds"),
                values=values,
            )
        )

    def _read_back(self, bot_id: str) -> BotConfiguration:
        bot = self.read(bot_id)
        if bot is None:
            raise ConsentNeeded(
                f"the configuration of bot {bot_id} was never confirmed",
                hint="Run `faasctl attach` on a terminal.",
            )
        return bot


def _combining(bot: BotConfiguration) -> str:
    if bot.combine is None:
        return ""
    return (
        f" Combine Messages: on; {bot.combine['max']:g} messages, {bot.combine['window']:g} s, "
        f"{bot.combine['after_typing']:g} s after typing."
    )


def _values(bot: BotConfiguration) -> dict[str, Any]:
    return {word: getattr(bot, part) for part, word in COMPARED.items()}


def _switch(on: bool) -> str:
    return "on" if on else "off"
