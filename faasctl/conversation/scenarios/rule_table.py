"""The rules that a scenario file can break besides those of any definition file (definition/rules.py)."""

from __future__ import annotations

RULES: dict[str, str] = {
    "bad-step": "A step holds none, or several, of what may happen in it; or a part that does not belong to it.",
    "bad-pattern": "A pattern (regular expression) cannot be read.",
    "unknown-variable": "A {{name}} stands for no variable that is known at this step.",
    "uneven-cases": "The cases of a scenario do not have the same variables.",
    "unknown-code": "No error or problem has this code.",
    "contradiction": "Two expectations cannot both be met.",
    "duplicate-name": "Two scenarios of a file have the same name.",
}
