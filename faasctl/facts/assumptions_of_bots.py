"""What is assumed of bot configurations, the test connection and what the connector says of itself."""

from __future__ import annotations

from faasctl.facts.assumption import Assumption

BOTS: tuple[Assumption, ...] = (
    Assumption(
        unknown="what the connector's Test Connection sends and judges",
        assumed="by UUID, a neutral payload; passed by any 2xx within 30 s; the reply's shape is not judged",
        used_in="test-connection",
        source="third-party-bots §6",
    ),
    Assumption(
        unknown="what the connector names itself on the gateway (header LP-EventSource)",
        assumed="Bot Connector",
        used_in="client",
        source="third-party-bots §13, 16",
    ),
    Assumption(
        unknown="value of event.name in a welcome event",
        assumed="WELCOME",
        used_in="invoke, test-connection",
        source="third-party-bots §13, 3",
    ),
    Assumption(
        unknown="the HTTP API of bot configurations",
        assumed="none: LivePerson publishes no path, so ours lie below /emulator/",
        used_in="emulator, client",
        source="third-party-bots §1.9",
    ),
    Assumption(
        unknown="text and version of the data disclaimer",
        assumed="who agreed and when is stored, nothing else",
        used_in="emulator, accept-disclaimer",
        source="third-party-bots §13, 22",
    ),
)
