"""Definitions to measure with: bot.yaml, its function, and nothing else in the folder."""

from __future__ import annotations

from pathlib import Path

CODE = """async function lambda(input) {
  const message = input.payload.message;
  console.info('turn', input.payload.convId);
  return { messages: [`You said ${message}`], context: {} };
}
"""

_BOT = """version: 1
target: local
account: demo

function:
  name: EchoBot
  description: Says what it hears
  code: index.js
  environment:
    GREETING: Hello
{environment}
bot:
  name: Echo bot
  agent: echobot@example.com
  conversation: messaging
  welcome_message: true
  escalation:
    skill: Human Agents
  data_disclaimer:
    accepted_by: jane@example.com
    accepted_on: 2026-11-20

test_connection:
  timeout: 30s

emulator:
  agents:
    - echobot@example.com
  skills:
    - Human Agents
{skills}"""


def write_definition(folder: Path, *, lines: int | None = None) -> Path:
    """Writes bot.yaml and index.js into `folder`, filled up to `lines` lines where that is given."""
    more = 0 if lines is None else lines - _filled(0, 0).count("\n")
    text = _filled(more // 2, more - more // 2)
    if lines is not None and text.count("\n") != lines:
        raise ValueError(f"bot.yaml has {text.count(chr(10))} lines, not {lines}")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.js").write_text(CODE, "utf-8")
    path = folder / "bot.yaml"
    path.write_text(text, "utf-8")
    return path


def _filled(variables: int, skills: int) -> str:
    return _BOT.format(
        environment="".join(f"    SETTING_{number}: value {number}\n" for number in range(variables)),
        skills="".join(f"    - Skill {number}\n" for number in range(skills)),
    )
