"""Code that is as it should be: a review has nothing to say about it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

if TYPE_CHECKING:
    from faasctl.javascript.inspector import Inspector

ROOT = Path(__file__).parents[2]
FILES = [
    *sorted((ROOT / "examples" / "functions").glob("*/*.js")),
    *sorted((ROOT / "faasctl" / "scaffold").glob("*.js")),
]
BLOCKS = [
    block[2]
    for page in sorted(ROOT.glob("docs/*.md"))
    for block in re.finditer(r"^```(js|javascript)\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    if "function lambda" in block[2] and "// …" not in block[2]
]

STARTER = """\
async function lambda(input) {
  const { message = "", event = {}, context = {} } = (input && input.payload) || {};
  const lp = context.lpEvent || {};
  if (event.name === "WELCOME" || lp.content === "welcome" || lp.isWelcomeEvent) {
    return { messages: ["Welcome!"], context: {} };
  }
  if (/agent/i.test(message)) {
    return {
      messages: ["Connecting you"],
      context: { action: "TRANSFER", actionParameters: { skill: "Humans" } },
    };
  }
  return { messages: ["You said: " + message], context: { intentId: "echo", confidenceScore: 1 } };
}
"""
SECRETS_AND_ORDERS = """\
import { Toolbelt, ErrorCodes } from 'core-functions-toolbelt';
import { DateTime } from 'luxon';
import { createHash } from 'node:crypto';

const secretClient = Toolbelt.SecretClient();
const lpClient = Toolbelt.LpClient();

async function orderOf(id) {
  const { value } = await secretClient.readSecret('order-api-key');
  const answer = await fetch(`${process.env.ORDER_URL}/orders/${encodeURIComponent(id)}`, {
    headers: { authorization: `Bearer ${value}` },
    signal: AbortSignal.timeout(900),
  });
  if (!answer.ok) throw new Error(`orders: ${answer.status}`);
  return answer.json();
}

async function lambda(input) {
  try {
    const [order, skills] = await Promise.all([
      orderOf(input.payload.message),
      lpClient('accountConfigReadOnly', '/api/skills', { method: 'GET' }),
    ]);
    console.info('order', order.id, skills.status, createHash('md5').update(order.id).digest('hex'));
    const replies = { messages: [], context: {} };
    replies.messages.push(`Sent on ${DateTime.fromISO(order.sent).toISODate()}`);
    return replies;
  } catch (error) {
    if (error.code === ErrorCodes.Secrets) console.warn('no secret');
    console.error('failed', error);
    throw error;
  }
}
"""
V1_HTTP = """\
const { Toolbelt } = require('lp-faas-toolbelt');
const _ = require('lodash');

function lambda(input, callback) {
  const httpClient = Toolbelt.HTTPClient();
  const secretClient = Toolbelt.SecretClient();
  const result = { messages: [], context: {} };
  const { message } = input.payload;
  if (message === 'hi') {
    result.messages.push('Hello');
    return callback(null, result);
  }
  secretClient.readSecret('key')
    .then((secret) => httpClient({ url: process.env.URL, headers: { key: secret.value }, json: true }))
    .then((body) => {
      result.messages.push(_.get(body, 'text', 'nothing'));
      callback(null, result);
    })
    .catch((error) => {
      console.error('failed', error);
      callback(error);
    });
}

module.exports = { lambda };
"""
V1_ASYNC = """\
const { Toolbelt, ErrorCodes } = require('lp-faas-toolbelt');

async function lambda(input, callback) {
  const client = Toolbelt.ConversationUtil();
  try {
    const conversation = await client.getConversationById(input.payload.convId);
    await log(conversation);
    callback(null, { messages: ['found'], context: {} });
  } catch (error) {
    callback(error.code === ErrorCodes.Conversation ? new Error('none') : error);
  }
}

const log = async (conversation) => console.info(conversation.id);
"""


def _told(reviewer: Inspector, code: str, platform: Literal["v1", "v2"]) -> list[str]:
    report = reviewer.review(code, platform=platform, all_domains_known=True)
    return [f"{found.line}:{found.column} {found.rule} {found.message}" for found in report.problems]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name + "/" + path.name)
def test_our_own_functions_are_silent(reviewer: Inspector, path: Path) -> None:
    assert _told(reviewer, path.read_text("utf-8"), "v2") == []


def test_functions_in_the_docs_are_silent(reviewer: Inspector) -> None:
    assert [told for block in BLOCKS for told in _told(reviewer, block, "v2")] == []


@pytest.mark.parametrize("code", [STARTER, SECRETS_AND_ORDERS], ids=["starter", "orders"])
def test_v2_code_as_the_platform_shows_it_is_silent(reviewer: Inspector, code: str) -> None:
    assert _told(reviewer, code, "v2") == []


@pytest.mark.parametrize("code", [V1_HTTP, V1_ASYNC], ids=["http", "async"])
def test_v1_code_as_the_platform_shows_it_is_silent(reviewer: Inspector, code: str) -> None:
    assert _told(reviewer, code, "v1") == []
