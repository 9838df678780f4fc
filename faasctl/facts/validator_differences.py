"""Where our verdict on a document is not that of LivePerson's own validators, and why (third-party-bots §7).

The validators are `json-pollock` for the web channel and `@livepersoninc/rich-content-validator` for the others,
quick replies and metadata. Our tests compare the verdicts, and allow these differences and no others.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """We refuse what the official validator takes, by one of `rules` at a place that matches `places`.

    Where `we_accept` is true the official validator refuses sound documents, too.
    """

    kind: str
    channels: tuple[str, ...]
    what: str
    reason: str
    rules: tuple[str, ...]
    places: str = ""
    we_accept: bool = False


ALL: tuple[Difference, ...] = (
    Difference(
        kind="quick-replies",
        channels=("facebook", "line", "rcs", "viber", "whatsapp", "gbm"),
        what="quick replies, a reply or an action that is no object, and replies that are no list",
        reason="the official schemas do not ask for an object or a list there, and let anything pass that is none",
        rules=("wrong-type",),
        places=r"(replies(\[\d+\](\.click\.actions\[\d+\])?)?)?",
    ),
    Difference(
        kind="rich-content",
        channels=("whatsapp",),
        what="an action of a button that is no object",
        reason="the official schema does not ask for an object there",
        rules=("wrong-type",),
        places=r"elements\[\d+\]\.click\.actions\[\d+\]",
    ),
    Difference(
        kind="rich-content",
        channels=("twitter", "instagram"),
        what="a document that is no object",
        reason="the official schemas are empty",
        rules=("wrong-type",),
    ),
    Difference(
        kind="rich-content",
        channels=("gbm",),
        what="a carousel whose cards have `display`",
        reason="the official schema for tall cards has a misspelt reference: it takes any display, so that a"
        " carousel of compact cards counts as tall, too, and is refused, and one of both sizes is taken",
        rules=("mixed-sizes", "wrong-type", "not-one-of", "unknown-key"),
        places=r"elements(\[\d+\]\.display.*)?",
        we_accept=True,
    ),
    Difference(
        kind="metadata",
        channels=("web", "line", "rcs", "viber", "gbm"),
        what="metadata that is no object or list of objects, or not as its type is documented",
        reason="the official schemas are empty",
        rules=(),
        places=r".*",
    ),
    Difference(
        kind="metadata",
        channels=("facebook", "twitter"),
        what="metadata that is no object; a list whose objects are not as their type is documented",
        reason="the official schema is for one object, and lets everything pass that is none",
        rules=(),
        places=r"|\[.*",
    ),
)
