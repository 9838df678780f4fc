"""One file with a mistake on nearly every line: all are found in one pass, each once, each at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from faasctl.javascript.inspector import Inspector
    from tests.definition.conftest import Project

BROKEN = """\
version: 2
target: lokal
acount: demo
function:
  name: Order Bot
  code: function/OrderBot/index.js
  environment:
    GREETING: true
    order: x
    BRAND_ID: 5
    KEY: ${NOT_SET}
    SECRET: a ${secret:x}
  size: P
hooks:
  pre: {name: P, code: functions/OrderBotPre, event: bot_connectors_post_hook, skills: [a]}
  post: {name: P, code: functions/OrderBotPost}
bot:
  name: ""
  name: again
  agent: order@example.com
  welcome_message: yes
  engagement_attributes: "true"
  escalation: {skill: Human}
  data_disclaimer: {accepted_by: jane, accepted_on: 2026-02-30}
test_connection: {timeout: 1:30, budget: 0}
conversations: nope/
emulator:
  skills: [Human Agents, Human Agents]
  agents: orderbot@example.com
  image_hosts: ["https://*.example.com/x"]
  deploy_delay:
"""

EXPECTED = [
    (1, 10, "bad-value", "write 1"),
    (2, 9, "bad-value", "did you mean local?"),
    (3, 1, "unknown-key", "did you mean account?"),
    (5, 9, "bad-name", "write for example Order_Bot"),
    (6, 9, "missing-file", "did you mean functions?"),
    (8, 15, "wrong-type", 'write "true" with quotes'),
    (9, 5, "bad-name", "write for example ORDER"),
    (10, 5, "reserved-name", "choose another name"),
    (11, 10, "unset-variable", "set NOT_SET, or give a default: ${NOT_SET:-default}"),
    (
        12,
        13,
        "secret-not-allowed",
        "a secret must be the whole value; put the other text into the secret, or into the code",
    ),
    (13, 9, "bad-value", "write S or M or L or XL or XXL"),
    (15, 54, "wrong-event", "remove the key, or write bot_connectors_pre_hook"),
    (15, 88, "skills-not-supported", "remove the key; routing decides by the bot user's skills"),
    (16, 16, "duplicate-name", "every function of an account has a name of its own"),
    (18, 9, "bad-format", None),
    (19, 3, "duplicate-key", "keep one"),
    (21, 20, "yaml-1.1-boolean", "write true"),
    (22, 26, "wrong-type", "remove the quotes"),
    (23, 23, "unknown-skill", "did you mean Human Agents?"),
    (24, 53, "bad-date", None),
    (25, 28, "bad-duration", "write 90s"),
    (25, 42, "bad-duration", "write 800ms"),
    (
        26,
        16,
        "missing-file",
        "name the folder that holds the scenario files, relative to the definition's own",
    ),
    (28, 26, "duplicate-entry", "keep one"),
    (29, 11, "wrong-type", "write [orderbot@example.com]"),
    (30, 17, "bad-format", "write example.com, and each further host by itself"),
    (31, 16, "wrong-type", "give it a value, or remove the key"),
]


def test_every_mistake_is_found_in_one_pass_at_its_place(project: Project) -> None:
    findings = project.findings(BROKEN, target="local")
    found = [(finding.line, finding.column, finding.rule, finding.suggestion) for finding in findings]
    assert found == EXPECTED
    assert {finding.file for finding in findings} == {str(project.path)}


def test_mistakes_in_the_code_are_found_in_the_same_pass(project: Project, inspector: Inspector) -> None:
    project.write("async function lamda(input) {}\n", "functions/OrderBot/index.js")
    project.write("async function lambda(input) {\n  return (;\n}\n", "functions/OrderBotPre/index.js")
    text = project.minimal + "hooks: {pre: {name: Pre, code: functions/OrderBotPre}}\nmore: 1\n"
    findings = project.findings(text, inspector=inspector)
    places = [(f.file.removeprefix(f"{project.folder}/"), f.line, f.rule) for f in findings]
    assert places == [
        ("bot.yaml", 10, "unknown-key"),
        ("functions/OrderBot/index.js", 1, "no-lambda"),
        ("functions/OrderBotPre/index.js", 2, "syntax-error"),
    ]


def test_a_finding_never_shows_what_a_variable_holds(project: Project) -> None:
    environ = {"HIDDEN": "hunter2 !!"}
    text = project.minimal.replace("local", "${HIDDEN}").replace("demo", "${HIDDEN}")
    text += "emulator: {agents: [x], deploy_delay: '${HIDDEN}'}\nprotected: ${HIDDEN}\n"
    findings = project.findings(text, environ, target="local")
    assert [f.rule for f in findings] == ["bad-value", "bad-name", "unknown-agent", "bad-duration", "wrong-type"]
    assert "hunter2" not in "".join(map(str, findings))
