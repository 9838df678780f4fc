"""What `--faults` changes in a scenario, and what must hold then: the consumer is never left without an answer."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from faasctl.conversation.connector_events import (
    ActionDone,
    Escalated,
    Invoked,
    NotForwarded,
    RateLimited,
    Sent,
    Waited,
)
from faasctl.conversation.connector_settings import Combining
from faasctl.conversation.replies import (
    CloseConversation,
    PrivateText,
    QuickReplies,
    RichContent,
    Text,
    Transfer,
)
from faasctl.conversation.scenarios.faulty import FaultyInvoker
from faasctl.conversation.scenarios.matching import Difference, quoted
from faasctl.conversation.scenarios.running import run_scenario
from faasctl.conversation.scenarios.turns import titles

if TYPE_CHECKING:
    from faasctl.conversation.connector_settings import ConnectorSettings
    from faasctl.conversation.invoker import Invoker
    from faasctl.conversation.scenarios.model import Scenario, Step
    from faasctl.conversation.scenarios.results import ScenarioResult, StepResult

_SPEAKING = frozenset({"says", "clicks", "sends_file", "sends_rich", "sends_payload"})
_STACK = re.compile(
    r"^\s+at \S.*(:\d+:\d+|\(native\)|<anonymous>)|"
    r"\b(Type|Reference|Syntax|Range|Eval|URI|Aggregate)?Error: .*|"
    r"\bnode:internal/|\bUnhandledPromiseRejection\b|Traceback \(most recent call last\)",
    re.MULTILINE,
)
_EMOJI = "🙂👩‍👩‍👧‍👦 where is my order? 🇩🇪❤️‍🔥"
_RIGHT_TO_LEFT = "أين طلبي؟ \u202eأين طلبي؟\u202c"
_LONG = ("where is my order? " * 300)[:5000]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variation:
    """`fault` replaces every call of the function; `change` alters what the consumer says."""

    name: str
    title: str
    fault: str | None = None
    change: Callable[[Step], Step] | None = None
    combine: bool = False

    def suits(self, scenario: Scenario) -> bool:
        """Whether there is something to change: for texts a scenario must say one, and set no faults itself."""
        if scenario.setup.faults:
            return False
        kinds = _SPEAKING | {"welcome"} if self.fault is not None else {"says"}
        return any(step.kind in kinds for step in scenario.steps)

    def play(
        self, scenario: Scenario, settings: ConnectorSettings, invoker: Invoker, *, hooks: bool = True
    ) -> ScenarioResult:
        """Runs the scenario so, up to the first step that is changed.

        Its expectations do not count: what is wrong with a step is silence, or a stack trace that is sent.
        """
        started = time.perf_counter()
        changed = self._changed(scenario)
        if self.fault is not None:
            invoker = FaultyInvoker(invoker, {"function": self.fault})
        result = run_scenario(changed, settings, invoker, hooks=hooks, expecting=False)
        steps = tuple(_judged(step, self.fault) for step in result.steps)
        failed = any(step.differences for step in steps)
        status = result.status if result.status == "error" else "failed" if failed else "passed"
        return replace(
            result,
            scenario=scenario,
            status=status,
            steps=steps,
            seconds=time.perf_counter() - started,
            durations=result.durations if self.fault is None else (),
        )

    def _changed(self, scenario: Scenario) -> Scenario:
        setup = scenario.setup
        if self.combine:
            setup = replace(setup, combine=Combining(most=2, window=2.0, after_typing=2.0))
        steps = []
        for step in scenario.steps:
            if self.change is not None and step.kind == "says":
                steps.append(self.change(step))
                break
            steps.append(step)
            if self.fault is not None and step.kind in _SPEAKING | {"welcome"}:
                break
        return replace(scenario, setup=setup, steps=tuple(steps))


def _judged(result: StepResult, fault: str | None) -> StepResult:
    differences = [item for item in result.differences if item.key == "clicks"]
    greets = any(isinstance(event, Invoked) for event in result.events)  # else nobody is to answer a welcome
    speaks = result.step.kind in _SPEAKING or (fault is not None and greets)
    if speaks and not differences:
        differences += _silence(result)
    differences += _stack_traces(result)
    return replace(result, differences=tuple(differences))


def _silence(result: StepResult) -> list[Difference]:
    """A delay alone is no silence: with it the bot says nothing on purpose (third-party-bots §3.2)."""
    if any(
        isinstance(event, (Waited, NotForwarded, RateLimited))
        or (isinstance(event, ActionDone) and isinstance(event.action, (Transfer, CloseConversation)))
        or (isinstance(event, Escalated) and event.succeeded)
        or (isinstance(event, Sent) and not isinstance(event.item, PrivateText))
        for event in result.events
    ):
        return []
    return [Difference(key="silence", message="the consumer got neither an answer nor an escalation")]


def _stack_traces(result: StepResult) -> list[Difference]:
    texts: list[str] = []
    for event in result.events:
        if not isinstance(event, Sent):
            continue
        if isinstance(event.item, Text):
            texts.append(event.item.text)
        elif isinstance(event.item, QuickReplies):
            texts += [event.item.message, *titles(event.item.replies)]
        elif isinstance(event.item, RichContent):
            texts += titles(event.item.content)
    return [
        Difference(key="stack-trace", message=f"the consumer reads what a developer should: {quoted(text)}")
        for text in texts
        if _STACK.search(text)
    ]


def _saying(text: str) -> Callable[[Step], Step]:
    return lambda step: replace(step, value=text)


def _twice(step: Step) -> Step:
    texts = step.value if isinstance(step.value, list) else [step.value]
    return replace(step, value=[*texts, *texts][:4])


def _in_two(step: Step) -> Step:
    text = step.value[0] if isinstance(step.value, list) else step.value
    return replace(step, value=[text, "and please be quick"])


VARIATIONS: tuple[Variation, ...] = (
    Variation(name="throws", title="the function throws", fault="throws"),
    Variation(name="times-out", title="the function runs over 30 s", fault="times-out"),
    Variation(name="answers-nothing", title="the function answers nothing", fault="answers-nothing"),
    Variation(name="answers-rubbish", title="the function answers rubbish", fault="answers-rubbish"),
    Variation(name="rate-limited", title="the platform answers 429", fault="rate-limited"),
    Variation(name="duplicated", title="the consumer's text comes twice", change=_twice),
    Variation(name="combined", title="two texts come as one", change=_in_two, combine=True),
    Variation(name="emoji", title="the consumer writes emoji", change=_saying(_EMOJI)),
    Variation(
        name="right-to-left", title="the consumer writes from right to left", change=_saying(_RIGHT_TO_LEFT)
    ),
    Variation(name="long", title="the consumer writes 5,000 characters", change=_saying(_LONG)),
)
