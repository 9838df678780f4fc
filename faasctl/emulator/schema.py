"""The tables of the emulator's state. Times are Unix seconds unless a column's name ends in `_ms`; JSON is text.

Each text below leads from one version of the tables to the next, so that a file of an older faasctl is brought up
to date when it is opened. Statements end in `;` and a line break, and do not hold that themselves.
"""

from __future__ import annotations

_FIRST = """
CREATE TABLE identity (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE accounts (
  account TEXT PRIMARY KEY,
  settings TEXT NOT NULL,
  client_id TEXT NOT NULL,
  client_secret TEXT NOT NULL,
  next_deployment TEXT
) WITHOUT ROWID;

CREATE TABLE users (
  account TEXT NOT NULL,
  login TEXT NOT NULL,
  user_id TEXT NOT NULL,
  password TEXT NOT NULL,
  api_key TEXT NOT NULL,
  roles TEXT NOT NULL,
  PRIMARY KEY (account, login)
) WITHOUT ROWID;

CREATE TABLE sessions (
  bearer TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  login TEXT NOT NULL,
  session_id TEXT NOT NULL UNIQUE,
  csrf TEXT NOT NULL,
  expires_at REAL NOT NULL,
  ended INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX sessions_of_user ON sessions (account, login);

CREATE TABLE functions (
  uuid TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  event_id TEXT,
  state TEXT NOT NULL,
  skills TEXT NOT NULL,
  size TEXT NOT NULL,
  manifest_id TEXT NOT NULL,
  serving_version INTEGER,
  serving_deployment TEXT,
  undeployed_from REAL,
  created_at REAL NOT NULL,
  created_by TEXT NOT NULL,
  updated_at REAL NOT NULL,
  updated_by TEXT NOT NULL,
  UNIQUE (account, name)
) WITHOUT ROWID;

CREATE TABLE versions (
  function_uuid TEXT NOT NULL REFERENCES functions (uuid) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  code TEXT NOT NULL,
  environment TEXT NOT NULL,
  custom_dependencies TEXT NOT NULL,
  runtime TEXT NOT NULL,
  interface TEXT NOT NULL,
  module TEXT NOT NULL,
  created_at REAL NOT NULL,
  created_by TEXT NOT NULL,
  PRIMARY KEY (function_uuid, version)
);

CREATE TABLE deployments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid TEXT NOT NULL UNIQUE,
  account TEXT NOT NULL,
  function_uuid TEXT NOT NULL REFERENCES functions (uuid) ON DELETE CASCADE,
  manifest_version INTEGER NOT NULL,
  state TEXT NOT NULL,
  error TEXT,
  scripted_failure TEXT,
  owner TEXT,
  finishes_at REAL NOT NULL,
  size TEXT NOT NULL,
  created_at REAL NOT NULL,
  created_by TEXT NOT NULL,
  updated_at REAL NOT NULL,
  updated_by TEXT NOT NULL,
  deployed_at REAL,
  undeployed_at REAL
);
CREATE INDEX deployments_of_function ON deployments (function_uuid, id);
CREATE INDEX deployments_under_way ON deployments (account) WHERE state IN ('deploying', 'redeploying');

CREATE VIEW deployments_running AS
  SELECT * FROM deployments WHERE state IN ('deploying', 'redeploying');

CREATE TABLE bots (
  account TEXT NOT NULL,
  bot_id TEXT NOT NULL,
  manifest TEXT NOT NULL,
  PRIMARY KEY (account, bot_id)
) WITHOUT ROWID;

CREATE TABLE invocations (
  function_uuid TEXT NOT NULL REFERENCES functions (uuid) ON DELETE CASCADE,
  bucket INTEGER NOT NULL,
  successful INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  PRIMARY KEY (function_uuid, bucket)
) WITHOUT ROWID;
"""

_SECOND = """
CREATE TABLE invocation_counts (
  function_uuid TEXT NOT NULL REFERENCES functions (uuid) ON DELETE CASCADE,
  bucket INTEGER NOT NULL,
  state TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (function_uuid, bucket, state)
) WITHOUT ROWID;
INSERT INTO invocation_counts
  SELECT function_uuid, bucket, 'SUCCEEDED', successful FROM invocations WHERE successful > 0;
INSERT INTO invocation_counts
  SELECT function_uuid, bucket, 'UNKNOWN', failed FROM invocations WHERE failed > 0;
DROP TABLE invocations;

CREATE TABLE logs (
  id INTEGER PRIMARY KEY,
  function_uuid TEXT NOT NULL REFERENCES functions (uuid) ON DELETE CASCADE,
  request_id TEXT NOT NULL,
  written_ms INTEGER NOT NULL,
  level TEXT NOT NULL,
  message TEXT NOT NULL,
  extras TEXT NOT NULL
);
CREATE INDEX logs_of_function ON logs (function_uuid, written_ms, id);
CREATE INDEX logs_by_age ON logs (written_ms);

CREATE TABLE schedules (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  function_uuid TEXT NOT NULL REFERENCES functions (uuid) ON DELETE CASCADE,
  cron TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  active INTEGER NOT NULL,
  description TEXT NOT NULL,
  body TEXT NOT NULL,
  next_at REAL,
  last_at REAL,
  last_failed INTEGER NOT NULL DEFAULT 0,
  created_at REAL NOT NULL,
  created_by TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX schedules_due ON schedules (next_at) WHERE active;
"""

_THIRD = """
CREATE TABLE secrets (
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  sealed TEXT NOT NULL,
  updated_at REAL NOT NULL,
  PRIMARY KEY (account, name)
) WITHOUT ROWID;
"""

_FOURTH = """
CREATE TABLE allowed_domains (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account TEXT NOT NULL,
  domain TEXT NOT NULL,
  UNIQUE (account, domain)
);

ALTER TABLE functions ADD COLUMN sample_payload TEXT;
"""

_FIFTH = """
CREATE TABLE context_namespaces (
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  ttl_seconds INTEGER,
  created_at REAL NOT NULL,
  PRIMARY KEY (account, name)
) WITHOUT ROWID;

CREATE TABLE context_properties (
  account TEXT NOT NULL,
  namespace TEXT NOT NULL,
  session TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  expires_at REAL,
  PRIMARY KEY (account, namespace, session, name)
) WITHOUT ROWID;
"""

CHANGES: tuple[str, ...] = (_FIRST, _SECOND, _THIRD, _FOURTH, _FIFTH)
VERSION = len(CHANGES)
"""Of the tables as they are now; a file with a higher one is refused."""
