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

INVOCATION_SCOPE = "faas.lambda.invoke"
"""Scope of the app tokens that open the gateway (D §2.5)."""
