"""`faasctl check`."""

from __future__ import annotations

import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from faasctl.cli import options
from faasctl.cli.options import OutputForm
from faasctl.cli.run import Run, run_verb
from faasctl.facts import channels
from faasctl.facts.channels import Channel

if TYPE_CHECKING:
    from faasctl.conversation.document_reading import Document
    from faasctl.conversation.reply_rules import Surroundings
    from faasctl.json_reading import NotJson
    from faasctl.report.problem_lines import Checked

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


class KindName(str, Enum):
    reply = "reply"
    rich_content = "rich-content"
    quick_replies = "quick-replies"
    metadata = "metadata"


class ConversationName(str, Enum):
    messaging = "messaging"
    chat = "chat"


def _channel(name: str) -> Channel:
    try:
        return channels.BY_NAME[name.lower()]
    except KeyError:
        known = ", ".join(channel.name for channel in channels.ALL)
        raise typer.BadParameter(f"no channel {name!r}; there are {known}") from None


Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE...", help="JSON files, or files with a JSON value a line; - reads standard input."
    ),
]
Kind = Annotated[
    KindName | None, typer.Option("--kind", help="What the documents are; guessed for each if not given.")
]
ChannelOption = Annotated[
    Channel | None,
    typer.Option(
        "--channel",
        parser=_channel,
        metavar="CHANNEL",
        help=f"One of {', '.join(channel.name for channel in channels.ALL)}; web if not given.",
    ),
]
Conversation = Annotated[
    ConversationName | None,
    typer.Option("--conversation", help="Messaging or chat; the definition's, or messaging, if not given."),
]
DefinitionFile = Annotated[
    Path | None,
    typer.Option(
        "--file",
        "-f",
        envvar="FAASCTL_FILE",
        help="A definition whose image hosts, skills and conversation type count; none if not given.",
    ),
]


@app.command(epilog="Example: faasctl check --channel whatsapp card.json")
def check(
    files: Files,
    kind: Kind = None,
    channel: ChannelOption = None,
    conversation: Conversation = None,
    file: DefinitionFile = None,
    output: options.Output = OutputForm.text,
) -> None:
    """Check replies, rich content, quick replies or metadata by themselves, without a bot or an account.

    Every problem is one line: file, place, message, rule, codes, and what the consumer would meet.
    """
    run = Run("check", file=file, output=output)
    run_verb(run, lambda run: _check(run, files, kind, channel, conversation, with_definition=file is not None))


def _check(
    run: Run,
    files: list[str],
    kind: KindName | None,
    channel: Channel | None,
    conversation: ConversationName | None,
    *,
    with_definition: bool,
) -> None:
    from faasctl.conversation.document_reading import read_documents
    from faasctl.conversation.documents import check_document, kind_of
    from faasctl.errors import InvalidDocument
    from faasctl.json_reading import NotJson
    from faasctl.report.problem_lines import Checked, summary

    texts = [(name, _text(name)) for name in files]
    around = _surroundings(run, channel, conversation, with_definition=with_definition)
    checked: list[Checked] = []
    for name, text in texts:
        documents: list[Document | NotJson]
        try:
            documents = read_documents(text)
        except NotJson as error:
            documents = [error]
        for document in documents:
            if isinstance(document, NotJson):
                checked.append(Checked.no_json(name, document))
                continue
            of_kind = kind_of(document.value) if kind is None else kind.value
            problems = [*document.slips, *check_document(document.value, of_kind, around, channel=channel)]
            checked.append(Checked(file=name, line=document.line, kind=of_kind, problems=tuple(problems)))
    run.outcome.result = {"documents": [item.as_json() for item in checked]}
    _tell(run, checked)
    if not all(item.is_sound for item in checked):
        raise InvalidDocument(summary(checked))


def _tell(run: Run, checked: list[Checked]) -> None:
    """The problems on stdout; then, where all is well, a word on stderr."""
    from faasctl.redaction import redactor
    from faasctl.report.problem_lines import checked_lines, summary
    from faasctl.report.streams import to_stderr, to_stdout

    if run.output is not OutputForm.text:
        return
    lines = [line for item in checked for line in checked_lines(item)]
    if lines:
        to_stdout(redactor.text("\n".join(lines)))
    if all(item.is_sound for item in checked):
        to_stderr(summary(checked))


def _surroundings(
    run: Run, channel: Channel | None, conversation: ConversationName | None, *, with_definition: bool
) -> Surroundings:
    from faasctl.conversation.reply_rules import Surroundings

    where = channel or channels.WEB
    if not with_definition:
        return Surroundings(
            channel=where, conversation="messaging" if conversation is None else conversation.value
        )
    definition = run.definition(with_code=False)
    return Surroundings(
        channel=where,
        conversation=definition.bot.conversation if conversation is None else conversation.value,
        skills=definition.emulator.skills if definition.target == "local" else None,
        image_hosts=definition.emulator.image_hosts,
    )


def _text(name: str) -> str:
    from faasctl.errors import UsageError

    if not name:
        raise UsageError("the name of a file is empty", hint="Give a JSON file, or -.")
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read {name}: {error.strerror}", hint="Give a JSON file, or -.") from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"cannot read {name}: it is not UTF-8 text", hint="JSON is UTF-8.") from None
