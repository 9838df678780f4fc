"""An account of Functions V1 (functions-api, columns V1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from faasctl.errors import PlatformError
from faasctl.facts.services import FUNCTIONS_GATEWAY
from faasctl.liveperson.calls import V1, Query
from faasctl.liveperson.exchange import unreadable
from faasctl.liveperson.model import AllowedDomain, Counts, Deployment, Manifest, RemoteFunction
from faasctl.liveperson.reading import Fields, read_object, read_objects
from faasctl.liveperson.signed_in import SignedInAccount
from faasctl.liveperson.v1_lambdas import changed_lambda, new_lambda, parse_lambda, parse_last_deployment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from faasctl.deadline import Deadline
    from faasctl.liveperson.exchange import Answer
    from faasctl.liveperson.platform import Dialect


class PlatformV1(SignedInAccount):
    """Implements `Platform`. Besides, V1 has an allow-list: the domains that functions may call (§9)."""

    dialect: Dialect = "v1"
    wire = V1
    collection = "/lambdas"

    def functions(self, *, deadline: Deadline | None = None) -> tuple[RemoteFunction, ...]:
        return tuple(self._remember(parse_lambda(fields)) for fields in self._all(self._sooner(deadline)))

    def function(self, uuid: str, *, deadline: Deadline | None = None) -> RemoteFunction:
        return self._remember(parse_lambda(self._one(uuid, self._sooner(deadline))))

    def _all(self, until: Deadline) -> tuple[Fields, ...]:
        purpose = f"listing the functions of account {self.account}"
        answer = self._transport.send(self._calls.manage("GET", self.collection, purpose, until), until)
        return read_objects(answer, purpose)

    def _one(self, uuid: str, until: Deadline) -> Fields:
        purpose = f"reading function {self._name(uuid)}"
        answer = self._transport.send(self._calls.manage("GET", self._path(uuid), purpose, until), until)
        return _single(answer, purpose)

    def create_function(
        self,
        name: str,
        *,
        description: str,
        event_id: str | None = None,
        skills: Sequence[str] = (),
        size: str | None = None,
        code: str = "",
        environment: Mapping[str, str] | None = None,
        deadline: Deadline | None = None,
    ) -> RemoteFunction:
        purpose = f"creating function {name}"
        until = self._sooner(deadline)
        body = new_lambda(
            name,
            description=description,
            event_id=event_id,
            skills=skills,
            size=size,
            runtime=self._runtime(until),
            code=code,
            environment=environment or {},
        )
        request = self._calls.manage("POST", self.collection, purpose, until, json=body)
        return self._create(request, name, event_id, until, lambda answer: parse_lambda(_single(answer, purpose)))

    def _runtime(self, until: Deadline) -> Mapping[str, Any]:
        """The first one, as the official client takes it (§4.3)."""
        purpose = f"reading the runtimes of account {self.account}"
        answer = self._transport.send(self._calls.manage("GET", "/runtimes", purpose, until), until)
        runtimes = read_objects(answer, purpose)
        if not runtimes:
            raise PlatformError(
                f"account {self.account} has no runtime for functions",
                hint="Ask LivePerson's support to look at the account, and give the request id.",
                request_id=answer.request_id,
            )
        return runtimes[0].values

    def update_function(
        self, uuid: str, *, description: str, skills: Sequence[str], deadline: Deadline | None = None
    ) -> RemoteFunction:
        until = self._sooner(deadline)
        body = changed_lambda(self._one(uuid, until).values, description=description, skills=skills)

        def applied() -> bool:
            now = self.function(uuid, deadline=until)
            return now.description == description and now.skills == tuple(skills)

        purpose = f"updating function {self._name(uuid)}"
        self._send_change(self._calls.manage("PUT", self._path(uuid), purpose, until, json=body), until, applied)
        return self.function(uuid, deadline=until)

    def update_manifest(
        self,
        uuid: str,
        manifest: Manifest,
        *,
        code: str | None = None,
        environment: Mapping[str, str] | None = None,
        deadline: Deadline | None = None,
    ) -> None:
        until = self._sooner(deadline)
        body = changed_lambda(
            self._one(uuid, until).values, version=manifest.version, code=code, environment=environment
        )

        def applied() -> bool:
            now = self.function(uuid, deadline=until).manifest
            return now is not None and now.holds(code, environment)

        purpose = f"updating the code of function {self._name(uuid)}"
        self._send_change(self._calls.manage("PUT", self._path(uuid), purpose, until, json=body), until, applied)

    def redeploy(self, uuid: str, *, deadline: Deadline | None = None) -> None:
        self._start_deployment("POST", "redeploying", uuid, self._sooner(deadline))

    def deployments(self, uuid: str | None = None, *, deadline: Deadline | None = None) -> tuple[Deployment, ...]:
        """V1 tells of the newest deployment of each function alone, in the function."""
        until = self._sooner(deadline)
        lambdas = self._all(until) if uuid is None else (self._one(uuid, until),)
        found = [deployment for fields in lambdas if (deployment := parse_last_deployment(fields)) is not None]
        return tuple(sorted(found, key=lambda deployment: deployment.created_at or "", reverse=True))

    def counts(self, *, deadline: Deadline | None = None) -> Counts:
        """Of deployments, V1 counts the functions that are deployed."""
        purpose = f"counting the functions of account {self.account}"
        until = self._sooner(deadline)
        answer = self._transport.send(self._calls.manage("GET", "/reports/lambdaCounts", purpose, until), until)
        fields = read_object(answer, purpose)
        return Counts(functions=fields.whole_number("total"), deployments=fields.whole_number("deployed"))

    def allowed_domains(
        self, *, with_default: bool = False, deadline: Deadline | None = None
    ) -> tuple[AllowedDomain, ...]:
        """The allow-list of the account; `with_default` adds LivePerson's own entries."""
        purpose = f"reading the allow-list of account {self.account}"
        until = self._sooner(deadline)
        query = (("includeDefault", "true" if with_default else "false"),)
        request = self._calls.manage("GET", "/proxy-settings", purpose, until, query=query)
        entries = read_objects(self._transport.send(request, until), purpose)
        return tuple(_allowed_domain(entry) for entry in entries)

    def allow_domain(self, domain: str, *, deadline: Deadline | None = None) -> AllowedDomain:
        """Puts a domain on the allow-list; one that is there already is no error. It holds within five minutes."""
        purpose = f"allowing functions of account {self.account} to call {domain}"
        until = self._sooner(deadline)

        def there() -> AllowedDomain | None:
            entries = self.allowed_domains(deadline=until)
            return next((entry for entry in entries if entry.domain == domain), None)

        known = there()
        if known is not None:
            return known
        body = {"domain": domain, "id": -1}
        request = self._calls.manage("POST", "/proxy-settings", purpose, until, json=body)
        answer = self._transport.send_once(request, until, lambda: there() is not None)
        if answer is not None:
            return _allowed_domain(read_object(answer, purpose))
        added = there()
        if added is None:
            raise PlatformError(f"{purpose} failed: it was added, and somebody removed it at once")
        return added

    def _test_route(self, uuid: str) -> tuple[str, str]:
        return FUNCTIONS_GATEWAY, f"{self._path(uuid)}/invoke"

    def _logs_route(self, uuid: str) -> tuple[str, Query]:
        return "/logs/export", (("lambdaUUID", uuid),)


def _single(answer: Answer, purpose: str) -> Fields:
    """One lambda, which V1 answers as a list of one (§4.3); an object by itself is taken too."""
    body = answer.json(purpose)
    if isinstance(body, list):
        if len(body) != 1:
            raise unreadable(answer, purpose, f"is not as documented: a list of {len(body)} functions, not of one")
        body = body[0]
    return Fields(body, answer, purpose)


def _allowed_domain(fields: Fields) -> AllowedDomain:
    return AllowedDomain(id=fields.whole_number("id"), domain=fields.text("domain"))
