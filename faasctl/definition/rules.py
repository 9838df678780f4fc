"""The rules that a definition can break, with what each means. Names are stable: people filter by them."""

from __future__ import annotations

RULES: dict[str, str] = {
    # the file
    "not-utf-8": "The file is not UTF-8 text.",
    "bad-character": "The file holds a character that text may not hold.",
    "empty-file": "The file says nothing.",
    "too-large": "The file passes a size that no definition needs.",
    "too-deep": "Values are nested deeper than any definition needs.",
    "too-many-aliases": "Aliases make the file far larger than it looks.",
    # YAML
    "yaml-syntax": "The text is not YAML.",
    "yaml-tag": "Tags such as !!int are not taken; a value's type follows from how it is written.",
    "yaml-1.1-boolean": "yes, no, on and off are text in YAML 1.2; true and false are meant.",
    "several-documents": "The file holds more than one document.",
    "unknown-alias": "An alias names an anchor that does not come before it.",
    "bad-merge": "`<<` takes a mapping, or a list of mappings.",
    "bad-key": "A key is not plain text.",
    "duplicate-key": "A key appears twice in one mapping.",
    # interpolation
    "bad-interpolation": "A ${…} has none of the forms that are known.",
    "unset-variable": "A ${NAME} names an environment variable that is not set.",
    "secret-not-allowed": "A ${secret:…} stands where no secret may, or does not stand alone.",
    # structure
    "unknown-key": "The key is none of those that are known at this place.",
    "missing-key": "A key that is needed is missing.",
    "wrong-type": "The value is of another type than the key takes.",
    "bad-value": "The value is none of those that the key takes.",
    "bad-format": "The text does not have the form that the key asks for.",
    "bad-duration": "The text is no span of time, or one out of range.",
    "bad-date": "The text is no day of the calendar.",
    "bad-name": "The name holds characters that the platform does not take.",
    "out-of-range": "The number is too small or too large.",
    "too-long": "The text passes a limit of the platform.",
    "too-many": "There are more entries than the platform takes.",
    "too-few": "There are fewer entries than the key asks for.",
    "duplicate-entry": "A list names the same entry twice.",
    # what the platform asks for
    "reserved-name": "The platform's runtime uses this environment variable itself.",
    "duplicate-name": "Two functions of this definition have the same name.",
    "wrong-event": "The event does not belong to this role; the connector would not find the function.",
    "skills-not-supported": "The function's event does not work with skills.",
    "not-for-chat": "The setting exists for messaging only.",
    "unknown-agent": "The local account holds no such bot user.",
    "unknown-skill": "The local account holds no such skill.",
    "interface-mismatch": "The function's interface is not that of the local account.",
    "not-for-v2": "The setting exists for V1 accounts only.",
    # files that the definition names
    "missing-file": "A file or folder that is named does not exist.",
    "unreadable-file": "A file that is named cannot be read.",
    "bad-config": "The config.json of an lpf project folder is not as lpf writes it.",
    "code-empty": "The code file is empty.",
    "code-too-long": "The code passes the platform's limit.",
}
"""Rules about JavaScript itself, such as `syntax-error`, are those of faasctl.javascript.inspector."""
