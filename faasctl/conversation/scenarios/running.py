"""One scenario from its first step to its last, or to the first that is not as expected."""

from __future__ import annotations

import time
import uuid
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from faasctl.conversation.clocks import ManualClock
from faasctl.conversation.connector import Connector
from faasctl.conversation.connector_events import ConnectorEvent, Invoked, Sent
from faasctl.conversation.consumer import (
    Arrival,
    Clicked,
    ConsumerEvent,
    OtherEvent,
    Said,
    SentFile,
    SentPayload,
    SentRichContent,
)
from faasctl.conversation.scenarios.capturing import captured
from faasctl.conversation.scenarios.faulty import FaultyInvoker
from faasctl.conversation.scenarios.judging import judge
from faasctl.conversation.scenarios.matching import Difference, quoted
from faasctl.conversation.scenarios.offers import chosen, offers_of
from faasctl.conversation.scenarios.results import ScenarioResult, StepResult
from faasctl.conversation.scenarios.turns import Turn
from faasctl.conversation.scenarios.variables import filled
from faasctl.errors import FaasctlError
from faasctl.facts import channels
from faasctl.facts.connector_errors import PIPELINE

if TYPE_CHECKING:
    from faasctl.conversation.connector_settings import ConnectorSettings
    from faasctl.conversation.invoker import Invoker
    from faasctl.conversation.offers import Offer
    from faasctl.conversation.scenarios.model import Scenario, Setup, Step

PAUSE_SECONDS = 1.0
"""Between two steps, so that a scenario's texts are not taken for spam."""
_APART_SECONDS = 0.1
"""Between texts that are written in one go."""


def run_scenario(
    scenario: Scenario,
    settings: ConnectorSettings,
    invoker: Invoker,
    *,
    hooks: bool = True,
    expecting: bool = True,
) -> ScenarioResult:
    """Talks to the bot as the scenario says; `settings` are the definition's. Without `hooks` none runs.

    Unless `expecting`, what the bot does is told and not judged.
    """
    started = time.perf_counter()
    talk = _Talk(scenario, settings, invoker, hooks=hooks, expecting=expecting)
    steps: list[StepResult] = []
    error: FaasctlError | None = None
    try:
        for step in scenario.steps:
            steps.append(talk.take(step))
            if steps[-1].differences:
                break
    except FaasctlError as caught:
        error = caught
    failed = bool(steps and steps[-1].differences)
    return ScenarioResult(
        scenario=scenario,
        status="error" if error else "failed" if failed else "passed",
        steps=tuple(steps),
        opening=talk.opening,
        error=error,
        seconds=time.perf_counter() - started,
        durations=()
        if "function" in scenario.setup.faults  # it was not called
        else tuple(
            event.duration
            for events in (talk.opening, *(step.events for step in steps))
            for event in events
            if isinstance(event, Invoked)
        ),
    )


def settings_for(setup: Setup, settings: ConnectorSettings, *, hooks: bool = True) -> ConnectorSettings:
    """The definition's settings with what the scenario changes."""
    changes: dict[str, Any] = {
        name: value
        for name in ("conversation", "welcome_message", "skills", "agents", "image_hosts")
        if (value := getattr(setup, name)) is not None
    }
    if setup.channel is not None:
        changes["channel"] = channels.BY_NAME[setup.channel]
    if setup.engagement_attributes is not None:
        changes["engagement_attributes"] = True
    if setup.combine is not None:
        changes["combining"] = setup.combine
    if setup.conversation == "chat":
        changes.setdefault("welcome_message", False)
    settings = replace(
        settings,
        failing_skills=setup.failing_skills,
        transfer_to_agent=setup.transfer_to_agent,
        encoded_metadata=setup.encoded_metadata,
        other_conversations=setup.open_conversations,
        **changes,
    )
    return settings if hooks and setup.hooks else settings.without_hooks()


class _Talk:
    def __init__(
        self,
        scenario: Scenario,
        settings: ConnectorSettings,
        invoker: Invoker,
        *,
        hooks: bool,
        expecting: bool,
    ) -> None:
        self._scenario = scenario
        self._expecting = expecting
        self._variables = dict(scenario.variables)
        self._clock = ManualClock()
        settings = settings_for(scenario.setup, settings, hooks=hooks)
        if scenario.steps[0].kind != "welcome":
            settings = replace(settings, welcome_message=False)  # the scenario begins after it
        faults = scenario.setup.faults
        self._connector = Connector(
            settings,
            FaultyInvoker(invoker, faults) if faults else invoker,
            clock=self._clock,
            ids=lambda: str(uuid.uuid4()),  # a function may have kept something by those of an earlier run
        )
        self._conversation = ""
        self._offers: list[Offer] = []
        self.opening: tuple[ConnectorEvent, ...] = ()

    def take(self, step: Step) -> StepResult:
        if not self._conversation and step.kind != "welcome":
            self.opening = tuple(self._open(None))
            self._settle(list(self.opening))
        value = filled(step.value, self._variables)
        if step.metadata:
            step = replace(step, metadata=tuple(filled(step.metadata, self._variables)))
        title = title_of(step.kind, value)
        refusal: Difference | None = None
        try:
            events = self._do(step, value)
        except _NothingToClick as error:
            events, refusal = [], Difference(key="clicks", message=str(error))
        self._settle(events)
        if refusal is not None:
            return StepResult(step=step, title=title, differences=(refusal,))
        fate = self._connector.fate(self._conversation)
        turn = Turn(events=tuple(events), state=self._connector.state, fate=fate)
        differences = judge(filled(step.expect, self._variables), turn) if self._expecting else []
        for name, source in step.capture.items():
            value, difference = captured(name, filled(source, self._variables), turn)
            if difference is None:
                self._variables[name] = value
            elif self._expecting:
                differences.append(difference)
        return StepResult(
            step=step,
            title=title,
            events=turn.events,
            differences=tuple(differences),
            state=turn.state,
            fate=fate,
        )

    def _open(self, last_message: str | None) -> list[ConnectorEvent]:
        setup = self._scenario.setup
        attributes = setup.engagement_attributes
        arrival = Arrival(
            skill=setup.skill,
            engagement_attributes=None if attributes is None else filled(attributes, self._variables),
            last_consumer_message=last_message,
            visitor_session=setup.visitor_session,
            metadata=setup.metadata,
        )
        self._conversation, events = self._connector.open(arrival)
        return events

    def _do(self, step: Step, value: Any) -> list[ConnectorEvent]:
        connector, conversation = self._connector, self._conversation
        match step.kind:
            case "welcome":
                return self._open(value.get("last_message") if isinstance(value, dict) else None)
            case "waits":
                self._clock.advance(value)
                return connector.tick()
            case "meanwhile":
                return self._meanwhile(value)
            case "command":
                return connector.command(conversation, value)
            case "says" if isinstance(value, list):
                events: list[ConnectorEvent] = []
                for number, text in enumerate(value):
                    if number:
                        self._clock.advance(_APART_SECONDS)
                    events += connector.hear(conversation, Said(text=str(text), metadata=step.metadata))
            case _:
                events = connector.hear(conversation, self._sent(step, value))
        return events + connector.settle()

    def _sent(self, step: Step, value: Any) -> ConsumerEvent:
        match step.kind:
            case "clicks":
                return self._click(value)
            case "sends_file":
                asked = value if isinstance(value, dict) else {"path": value}
                return SentFile(
                    path=asked["path"],
                    file_type=asked.get("type", "JPEG"),
                    caption=asked.get("caption", ""),
                    preview=asked.get("preview", ""),
                )
            case "sends_rich":
                return SentRichContent(content=value)
            case "sends_payload":
                return SentPayload(payload=value)
            case "sends_event":
                return OtherEvent(type=value)
        return Said(text=str(value), metadata=step.metadata)

    def _click(self, value: Any) -> Clicked:
        offer = chosen(value, self._offers)
        if offer is None:
            titles = ", ".join(quoted(offer.title) for offer in self._offers)
            raise _NothingToClick(f"the bot has not offered this; it offered {titles or 'nothing'}")
        if offer.text is None:
            raise _NothingToClick(f"a click on {quoted(offer.title)} sends the bot nothing: it publishes no text")
        return Clicked(text=offer.text, metadata=offer.metadata)

    def _meanwhile(self, what: str) -> list[ConnectorEvent]:
        connector, conversation = self._connector, self._conversation
        match what:
            case "consumer-types":
                return connector.typing(conversation)
            case "consumer-closes":
                return connector.close(conversation)
            case "somebody-closes":
                connector.lose(conversation, "closed")
            case "somebody-transfers":
                connector.lose(conversation, "transferred")
            case "platform-breaks":
                connector.break_with(conversation, PIPELINE)
            case "health-check":
                return connector.check_health()
        return []

    def _settle(self, events: list[ConnectorEvent]) -> None:
        """Lets the time pass that the events took, and keeps what was offered last."""
        self._clock.reach(max((event.at for event in events), default=0))
        self._clock.advance(PAUSE_SECONDS)
        offers = offers_of([event for event in events if isinstance(event, Sent)])
        self._offers = offers or self._offers


class _NothingToClick(Exception):
    pass


def title_of(kind: str, value: Any) -> str:
    """What happens in a step, for a person: `says hello`."""
    from faasctl.conversation.scenarios.matching import shown

    match kind:
        case "welcome":
            return (
                "comes in"
                if not isinstance(value, dict)
                else f"is transferred in, after {shown(value['last_message'])}"
            )
        case "waits":
            return f"waits {value:g} s"
        case "meanwhile":
            return f"meanwhile: {value}"
        case "says":
            return " | ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"{kind.replace('_', ' ')} {shown(value)}"
