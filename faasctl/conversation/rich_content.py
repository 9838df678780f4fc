"""Whether rich content is sound: the grammar, a channel's own rules, size, images (third-party-bots §7)."""

from __future__ import annotations

import functools
import json
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from faasctl.conversation.problems import Path, Problem, at
from faasctl.facts import channels, tester_codes
from faasctl.facts.connector_errors import CHAT_SEND_MESSAGE, MESSAGING_SEND_MESSAGE
from faasctl.facts.rich_content import BYTES, RCS_CAROUSEL_BUTTONS

if TYPE_CHECKING:
    from faasctl.conversation.schema_check import SchemaCheck
    from faasctl.facts.channels import Channel
    from faasctl.facts.payloads import ConversationType

_QUICK_REPLIES = 'quick replies stand beside a message: {"message": "…", "quickReplies": {…}}'


def check_rich_content(
    document: Any,
    *,
    channel: Channel = channels.WEB,
    conversation: ConversationType = "messaging",
    image_hosts: Collection[str] | None = None,
) -> list[Problem]:
    """Every problem of a document such as `structuredContent` holds; [] for a sound one.

    `image_hosts` is the account's list; None where it is not known, and then only an address without HTTPS is
    told, as a warning. A problem of severity error means that the document is refused: by the platform where it
    has a code, else by the channel.
    """
    of_platform = [] if channel is channels.WEB else check_for(channels.WEB).problems(document)
    found = judged(_by_grammar(document, channel), of_platform, channel, conversation)
    if not any(problem.rule == "unreadable" for problem in found):
        found += _images(document, image_hosts, conversation)
        found += _many_buttons(document, channel)
        found += too_large(document)
    return found


def judged(
    found: list[Problem], of_platform: list[Problem], channel: Channel, conversation: ConversationType
) -> list[Problem]:
    """The codes and effects of what a channel finds, in the light of what the platform's own grammar finds.

    What the platform refuses never reaches a channel. Where the channel's validator takes it all the same, the
    verdict is that validator's, with warnings.
    """
    if channel is not channels.WEB and not found:
        said = "the platform's own grammar, which is that of web messaging, refuses this"
        return [
            replace(problem, severity="warning", message=f"{said}: {problem.message}") for problem in of_platform
        ]
    if channel is not channels.WEB and not of_platform:
        return [replace(problem, effect="message dropped") for problem in found]
    error = send_message(conversation)
    return [
        replace(problem, error=error, tester=tester_codes.INVALID_RICH_CONTENT, effect="escalation")
        for problem in found
    ]


def send_message(conversation: ConversationType) -> Any:
    """The connector's error when a message is refused."""
    return CHAT_SEND_MESSAGE if conversation == "chat" else MESSAGING_SEND_MESSAGE


def too_large(document: Any) -> list[Problem]:
    size = len(json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "replace"))
    if size <= BYTES:
        return []
    message = f"{size:,} bytes of JSON are more than {BYTES:,}, the Public API's limit"
    return [Problem(path=(), rule="too-large", message=message, severity="warning")]


@functools.cache
def check_for(channel: Channel) -> SchemaCheck:
    """The channel's schema, compiled when it is first needed."""
    from faasctl.conversation.channels.choice import schema_of
    from faasctl.conversation.schema_check import SchemaCheck

    return SchemaCheck(schema_of(channel))


def _by_grammar(document: Any, channel: Channel) -> list[Problem]:
    found = check_for(channel).problems(document)
    if found and isinstance(document, dict) and document.get("type") == "quickReplies":
        return [Problem(path=("type",), rule="not-one-of", message=_QUICK_REPLIES)]
    return found or [*_out_of_order(document, channel)]


def _out_of_order(document: Any, channel: Channel) -> Iterator[Problem]:
    """Texts of a card whose order no schema can tell: they are arranged first."""
    from faasctl.conversation.channels.arranged import text_tags

    allowed: tuple[str | None, ...]
    if channel is channels.GBM:
        allowed = ("title", "subtitle", None)
        says = "a description stands after the title, or is tagged subtitle"
    elif channel is channels.WHATSAPP:
        allowed = ("title", "subtitle", "footer")
        says = "a footer stands after title and subtitle"
    else:
        return
    for path, card in _cards(document, ()):
        tags = text_tags(card["elements"])
        known = [allowed.index(tag) for tag in tags if tag in allowed]
        if known != sorted(known) and len(known) == len(tags):
            yield Problem(path=(*path, "elements"), rule="order", message=says)


def _cards(document: Any, path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    if isinstance(document, dict) and isinstance(document.get("elements"), list):
        yield path, document
        for index, element in enumerate(document["elements"]):
            yield from _cards(element, (*path, "elements", index))


def _many_buttons(document: Any, channel: Channel) -> Iterator[Problem]:
    if channel is not channels.RCS or not isinstance(document, dict) or document.get("type") != "carousel":
        return
    for path, card in _cards(document, ()):
        buttons = [item for item in card["elements"] if isinstance(item, dict) and item.get("type") == "button"]
        if len(buttons) > RCS_CAROUSEL_BUTTONS:
            message = f"a card in a carousel shows at most {RCS_CAROUSEL_BUTTONS} buttons here"
            yield Problem(path=(*path, "elements"), rule="too-many", message=message, severity="warning")


def _images(document: Any, hosts: Collection[str] | None, conversation: ConversationType) -> Iterator[Problem]:
    from urllib.parse import urlsplit

    known = None if hosts is None else {host.lower() for host in hosts}
    for path in _image_addresses(document, ()):
        address = at(document, path)
        try:
            parts = urlsplit(address)
            host = parts.hostname or ""
        except ValueError:
            host = ""
        problem = Problem(
            path=path, rule="not-https", message="an image's address must use HTTPS", severity="warning"
        )
        if known is not None and host not in known:
            message = f"the account's list of image hosts does not hold {host or 'this address'}"
            problem = replace(problem, rule="image-host", message=message)
        elif address.lower().startswith("https://"):
            continue
        if known is not None:
            problem = replace(problem, severity="error", error=send_message(conversation), effect="escalation")
        yield problem


def _image_addresses(document: Any, path: Path) -> Iterator[Path]:
    """Where the addresses of images stand, of elements and of slots to choose from."""
    if not isinstance(document, dict):
        return
    is_image = document.get("type", "image") == "image" and "title" not in document
    if is_image and isinstance(document.get("url"), str):
        yield (*path, "url")
    click = document.get("click")
    actions = click.get("actions") if isinstance(click, dict) else None
    for number, action in enumerate(actions if isinstance(actions, list) else ()):
        slots = action.get("slots") if isinstance(action, dict) else None
        for index, slot in enumerate(slots if isinstance(slots, list) else ()):
            if isinstance(slot, dict) and isinstance(slot.get("imageUrl"), str):
                yield (*path, "click", "actions", number, "slots", index, "imageUrl")
    elements = document.get("elements")
    for index, element in enumerate(elements if isinstance(elements, list) else ()):
        yield from _image_addresses(element, (*path, "elements", index))
