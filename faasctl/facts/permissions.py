"""Who may do what with functions (functions-api §2.6, V2)."""

from __future__ import annotations

ADMIN = "FaaS-Admin"
DEVELOPER = "FaaS-Developer"
INVOCATION = "FaaS-Invocation"
ROLES = frozenset({ADMIN, DEVELOPER, INVOCATION})

READ = frozenset({ADMIN, DEVELOPER, INVOCATION})
"""Reading functions (D)."""
EDIT = frozenset({DEVELOPER})
"""Creating, changing and deleting functions (D)."""
DEPLOY = frozenset({DEVELOPER})
"""Deploying and undeploying (D)."""
INVOKE = frozenset({DEVELOPER, INVOCATION})
"""Invoking, by test or through the gateway (D)."""
REPORTS = frozenset({ADMIN, DEVELOPER})
"""Logs and reports (D; that Invocation has none is I)."""
REPORTS_V1 = ROLES
"""V1 shows logs, reports and schedules to Invocation too (D)."""
SCHEDULES = frozenset({ADMIN, DEVELOPER})
"""Reading, creating, changing and deleting schedules (D)."""
ALLOW_LIST_READ = frozenset({ADMIN, DEVELOPER})
"""V1: reading the allow-list of domains (D)."""
ALLOW_LIST_WRITE = frozenset({ADMIN})
"""V1: changing it (D)."""

INVOCATION_SCOPE = "faas.lambda.invoke"
"""Scope of the app tokens that open the gateway (D §2.5)."""
