"""Ways to spoil a document: a few changes, of the kind that a slip makes."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from random import Random
from typing import Any

from tests.conversation.samples import BUTTON, FOOTER, IMAGE, PLAIN, SUBTITLE, TITLE, Document, card

_KEYS = """
    type tag text title url alt elements click actions metadata tooltip style display size padding uri name la lo
    id source event rtl caption itemsPerRow replies accessibility selectMode titles more
""".split()  # noqa: SIM905
_WORDS = """
    text image button map linkPreview template horizontal vertical carousel list tabs keyValuePairList section x
    carouselSelect accordionSelect checkbox publishText link navigate custom datePicker generic title subtitle
    footer header body richLink form single multiple compact tall cover Facebook Twitter Instagram quickReplies
    BusinessEvent
""".split()  # noqa: SIM905
_ADDRESSES = """
    http:// https://a.example mailto:a@b tel:123 //x /x x: a:b c http://[::1]/ http://[1::2::3] http://ü.example
    http://a:b/ http://a%zz http://a%20b data:,x http:a?b#c http://1.2.3.4:80/a//b;c=1 1a:b
""".split()  # noqa: SIM905
_LENGTHS = (
    0,
    1,
    19,
    20,
    21,
    25,
    26,
    40,
    41,
    60,
    61,
    64,
    65,
    80,
    81,
    120,
    121,
    127,
    128,
    129,
    200,
    201,
    250,
    251,
    256,
)
_LONGER = (
    257,
    500,
    501,
    640,
    641,
    924,
    925,
    1000,
    1001,
    1024,
    1025,
    1500,
    1501,
    2000,
    2001,
    2048,
    2049,
    5000,
    5001,
)


def spoilt(document: Document, random: Random) -> Document:
    """The same document with up to three changes."""
    document = copy.deepcopy(document)
    for _ in range(random.randint(1, 3)):
        document = _changed(document, random)
    return document


def _changed(document: Document, random: Random) -> Document:
    root = {"": document}
    places = list(_places(root))
    parent, key = random.choice(places)
    value = parent[key]
    if isinstance(value, list) and value and random.random() < 0.6:
        _changed_list(value, random)
    elif isinstance(value, dict) and random.random() < 0.6:
        _changed_object(value, random)
    elif isinstance(value, str) and random.random() < 0.8:
        parent[key] = _word(random)
    else:
        parent[key] = _value(random)
    return root[""]


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in items:
        yield value, key
        if isinstance(part, (dict, list)):
            yield from _places(part)


def _changed_list(value: list[Any], random: Random) -> None:
    match random.randint(0, 4):
        case 0:
            value.pop(random.randrange(len(value)))
        case 1:
            value.append(copy.deepcopy(random.choice(value)))
        case 2:
            random.shuffle(value)
        case 3:
            value.extend(copy.deepcopy(value[0]) for _ in range(random.choice((1, 2, 3, 8, 9, 12, 20, 31, 60))))
        case 4:
            value.insert(random.randrange(len(value) + 1), _value(random))


def _changed_object(value: dict[str, Any], random: Random) -> None:
    if value and random.random() < 0.4:
        value.pop(random.choice(list(value)))
    elif value and random.random() < 0.3:
        value[random.choice(list(value))] = _word(random)
    else:
        value[random.choice(_KEYS)] = _value(random)


def _word(random: Random) -> str:
    match random.randint(0, 3):
        case 0:
            return random.choice(_ADDRESSES)
        case 1:
            return random.choice("aü🙂") * random.choice(_LENGTHS + _LONGER)
    return random.choice(_WORDS)


def _value(random: Random) -> Any:
    plain = [None, True, False, 0, 1, -1, 11, 2.5, 1.0, 10**20, "", {}, [], [None], {"type": "text", "text": "x"}]
    pieces = [TITLE, SUBTITLE, BUTTON, IMAGE, FOOTER, PLAIN, card(TITLE), {"size": "tall"}, {"size": "compact"}]
    return copy.deepcopy(random.choice([*plain, *pieces, _word(random)]))
