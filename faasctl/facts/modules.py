"""What the code of a function may import, for each interface (functions-api §10, libraries).

Node's built-in modules may be imported as well; those that lead out of the container are refused when used.
"""

from __future__ import annotations

TOOLBELTS = {"v1": "lp-faas-toolbelt", "v2": "core-functions-toolbelt"}
"""The platform's own module (C)."""

PACKAGES: dict[str, dict[str, str]] = {
    "v1": {
        "jsforce": "3.10.10",
        "jsonwebtoken": "9.0.0",
        "lodash": "4.17.21",
        "luxon": "1.28.1",
        "oauth-1.0a": "2.2.6",
    },
    "v2": {
        "@jsforce/jsforce-node": "3.9.1",
        "es-toolkit": "1.39.7",
        "jsonwebtoken": "9.0.2",
        "luxon": "3.7.1",
        "oauth-1.0a": "2.2.6",
        "undici": "6.19.2",
    },
}
"""Packages from npm with the versions that functions run with here. V1 and the plain versions of V2 are C; where
V2's sources name a range (es-toolkit, jsonwebtoken, luxon, oauth-1.0a) it is the oldest version that fits, since
the platform's own is unknown (assumption): what works with it works with the newer ones too."""

AVAILABLE: dict[str, frozenset[str]] = {
    interface: frozenset({*packages, TOOLBELTS[interface]}) for interface, packages in PACKAGES.items()
}
"""Every name that is no built-in module of Node."""

REPLACEMENTS: dict[str, dict[str, str]] = {
    "v1": {
        "@jsforce/jsforce-node": "jsforce",
        "core-functions-toolbelt": "lp-faas-toolbelt",
        "es-toolkit": "lodash",
        "lodash-es": "lodash",
    },
    "v2": {
        "jsforce": "@jsforce/jsforce-node",
        "lodash": "es-toolkit",
        "lodash-es": "es-toolkit",
        "lp-faas-toolbelt": "core-functions-toolbelt",
    },
}
"""What the other interface calls a module, or what stands in its place."""


def package_of(specifier: str) -> str:
    """The package that an import names: `lodash` of `lodash/fp`, `@a/b` of `@a/b/c`."""
    parts = specifier.split("/")
    return "/".join(parts[: 2 if specifier.startswith("@") else 1])


_HTTP = {"v1": "Toolbelt.HTTPClient()", "v2": "the global fetch"}
_TIME = {"v1": "luxon", "v2": "luxon"}
_COLLECTIONS = {"v1": "lodash", "v2": "es-toolkit"}

INSTEAD: dict[str, dict[str, str]] = {
    **dict.fromkeys(("axios", "got", "node-fetch", "request", "request-promise", "superagent", "needle"), _HTTP),
    **dict.fromkeys(("moment", "moment-timezone", "dayjs", "date-fns"), _TIME),
    **dict.fromkeys(("underscore", "ramda", "rambda"), _COLLECTIONS),
    **dict.fromkeys(("uuid", "nanoid"), dict.fromkeys(("v1", "v2"), "randomUUID of Node's crypto")),
    **dict.fromkeys(("dotenv",), dict.fromkeys(("v1", "v2"), "process.env, which the platform fills")),
}
"""What does the work of popular packages that no interface has (ours)."""
