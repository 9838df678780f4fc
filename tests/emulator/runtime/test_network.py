"""Where the connections of a function lead."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from faasctl.facts import limits

if TYPE_CHECKING:
    from faasctl.emulator.runtime.host import FunctionHost
    from faasctl.emulator.runtime.outcome import DeployedFunction, Outcome

FETCH = "async function ask(url) { const answer = await fetch(url); return [answer.status, await answer.text()]; }"
REQUEST = """
const ask = (url) => new Promise((resolve, reject) => {
  const { get } = process.getBuiltinModule(url.startsWith('https:') ? 'https' : 'http');
  get(url, (answer) => {
    let text = '';
    answer.on('data', (part) => { text += part; });
    answer.on('end', () => resolve([answer.statusCode, text]));
  }).on('error', reject);
});
"""
KEPT = REQUEST.replace(
    "get(url,", "const agent = new Agent({ keepAlive: true });\n  get(url, { agent, timeout: 9000 },"
)
KEPT = KEPT.replace("{ get }", "{ Agent, get }")
LISTED = "const ask = (url) => fetch(url).then((answer) => answer.status, (error) => error.cause.code);"


class Server(ThreadingHTTPServer):
    """Answers every request with the host and path that it was for, and remembers them."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.seen: list[str] = []

    @property
    def port(self) -> int:
        return self.server_address[1]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        target = f"{self.headers['Host']}{self.path}"
        self.server.seen.append(target)
        body = target.encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        return


@pytest.fixture
def serve() -> Iterator[Callable[[], Server]]:
    servers = []

    def start() -> Server:
        server = Server()
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        servers.append(server)
        return server

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def emulator(serve: Callable[[], Server]) -> Server:
    return serve()


@pytest.fixture
def ask(outcome_of: Callable[..., Outcome], emulator: Server) -> Callable[..., Outcome]:
    """Runs a function that asks for each URL; its result is what `ask` of `client` told of each."""

    def run(*urls: str, client: str = FETCH, **options: Any) -> Outcome:
        code = f"{client}\nasync function lambda(input) {{ return Promise.all(input.map(ask)); }}"
        return outcome_of(
            code,
            list(urls),
            host_extra_environment={"X_LIVEPERSON_CSDS_DOMAIN": f"127.0.0.1:{emulator.port}"},
            **options,
        )

    return run


def warnings(outcome: Outcome) -> list[str]:
    return [entry.message for entry in outcome.logs if entry.level == "Warn"]


# ---- LivePerson's hosts


@pytest.mark.parametrize("client", [FETCH, REQUEST, KEPT], ids=["fetch", "request", "kept"])
@pytest.mark.parametrize(
    "options", [{}, {"allowed_domains": ()}, {"host_offline": True}], ids=["v2", "v1", "offline"]
)
@pytest.mark.parametrize(
    "origin",
    [
        "https://va.sentinel.liveperson.net",
        "http://adminlogin.liveperson.net",
        "https://FaasGW.LivePerson.com.",
        "http://functions.emulator.localhost",
        "https://agentvep.emulator.localhost",
    ],
)
def test_hosts_of_liveperson_are_the_emulator(
    ask: Callable[..., Outcome], emulator: Server, client: str, options: dict[str, Any], origin: str
) -> None:
    outcome = ask(f"{origin}/api?v=1", client=client, **options)
    assert outcome.ok, outcome.message
    status, seen = json.loads(outcome.result)[0]
    assert status == 200
    assert seen.lower() == f"{origin.lower().partition('//')[2]}/api?v=1"
    assert warnings(outcome) == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
@pytest.mark.parametrize(
    "options", [{}, {"allowed_domains": ()}, {"host_offline": True}], ids=["v2", "v1", "offline"]
)
def test_the_emulators_own_address_is_always_reached(
    ask: Callable[..., Outcome], emulator: Server, options: dict[str, Any], host: str
) -> None:
    outcome = ask(f"http://{host}:{emulator.port}/x", **options)
    assert json.loads(outcome.result) == [[200, f"{host}:{emulator.port}/x"]], outcome.message


def test_names_of_liveperson_are_the_emulators_address(
    outcome_of: Callable[..., Outcome], emulator: Server
) -> None:
    outcome = outcome_of(
        """
        import dns from 'node:dns';
        import { promisify } from 'node:util';
        async function lambda() {
          const name = 'va.msghist.liveperson.net';
          return [
            await dns.promises.lookup(name),
            await promisify(dns.lookup)(name, { all: true }),
            await dns.promises.resolve4(name),
            await promisify(dns.resolve)(name),
          ];
        }
        """,
        host_extra_environment={"X_LIVEPERSON_CSDS_DOMAIN": f"127.0.0.1:{emulator.port}"},
    )
    entry = {"address": "127.0.0.1", "family": 4}
    assert json.loads(outcome.result) == [entry, [entry], ["127.0.0.1"], ["127.0.0.1"]], outcome.message


def test_a_host_that_only_looks_like_liveperson_is_another(ask: Callable[..., Outcome], emulator: Server) -> None:
    outcome = ask(
        "https://liveperson.net.example.com/", "https://notliveperson.net/", client=LISTED, host_offline=True
    )
    assert json.loads(outcome.result) == ["faasctl.offline", "faasctl.offline"]
    assert emulator.seen == []


# ---- V1's allow-list


def test_v1_closes_the_socket_to_a_host_that_is_not_on_the_list(
    ask: Callable[..., Outcome], serve: Callable[[], Server]
) -> None:
    other = serve()
    outcome = ask(f"http://localhost:{other.port}/", client=REQUEST, allowed_domains=("api.example.com",))
    assert (outcome.ok, outcome.message) == (False, "Socket is closed")
    [warning] = warnings(outcome)
    assert "localhost" in warning
    assert "allow-list" in warning
    assert "emulator.allowed_domains" in warning
    assert other.seen == []


def test_v1_reaches_a_host_on_the_list(ask: Callable[..., Outcome], serve: Callable[[], Server]) -> None:
    other = serve()
    outcome = ask(f"http://localhost:{other.port}/x", allowed_domains=("localhost",))
    assert json.loads(outcome.result) == [[200, f"localhost:{other.port}/x"]]
    assert warnings(outcome) == []


@pytest.mark.parametrize(
    ("listed", "host", "passes"),
    [
        ("api.example.invalid", "api.example.invalid", True),
        ("API.example.invalid", "api.Example.invalid.", True),
        ("api.example.invalid", "example.invalid", False),
        ("*.example.invalid", "api.example.invalid", True),
        ("*.example.invalid", "a.b.example.invalid", False),
        ("*.example.invalid", "example.invalid", False),
        ("*.example.invalid", "apiexample.invalid", False),
        ("*.*.example.invalid", "a.b.example.invalid", False),
        ("127.0.0.2", "127.0.0.2", True),
        ("127.0.0.2", "127.0.0.3", False),
        ("*.0.0.2", "127.0.0.2", False),
        ("[::2]", "[::2]", True),
    ],
)
def test_which_hosts_the_list_lets_through(
    ask: Callable[..., Outcome], listed: str, host: str, passes: bool
) -> None:
    """Offline, so that nothing is sent: what the list lets through is stopped by that."""
    outcome = ask(f"http://{host}/", client=LISTED, allowed_domains=(listed,), host_offline=True)
    assert json.loads(outcome.result) == ["faasctl.offline" if passes else "ERR_SOCKET_CLOSED"], outcome.message


def test_a_changed_list_holds_without_a_new_deployment(
    function: Callable[..., DeployedFunction], with_host: Callable[..., Any], serve: Callable[[], Server]
) -> None:
    other = serve()
    deployed = function(
        f"{LISTED}\nlet calls = 0;\n"
        f"async function lambda() {{ calls += 1; return [calls, await ask('http://localhost:{other.port}/')]; }}",
        allowed_domains=(),
    )

    async def work(host: FunctionHost) -> list[Any]:
        results = []
        for listed in ((), ("localhost",), ("example.com",)):
            outcome = await host.invoke(replace(deployed, allowed_domains=listed), None, test=True)
            results.append(json.loads(outcome.result))
        return results

    assert with_host(work) == [[1, "ERR_SOCKET_CLOSED"], [2, 200], [3, "ERR_SOCKET_CLOSED"]]


def test_a_host_is_warned_of_once_in_an_invocation(
    function: Callable[..., DeployedFunction], with_host: Callable[..., Any]
) -> None:
    deployed = function(
        f"{LISTED}\nasync function lambda() {{ for (const n of [1, 2, 3]) await ask('http://a.invalid/' + n); }}",
        allowed_domains=(),
    )

    async def work(host: FunctionHost) -> list[int]:
        return [len(warnings(await host.invoke(deployed, None, test=True))) for _ in range(2)]

    assert with_host(work) == [1, 1]


# ---- how often


@pytest.mark.parametrize("client", [FETCH, REQUEST], ids=["fetch", "request"])
def test_v1_answers_429_to_the_request_past_twenty_in_a_second(
    ask: Callable[..., Outcome], emulator: Server, client: str
) -> None:
    limit = limits.OUTGOING_REQUESTS_PER_SECOND.value
    urls = [f"http://va.smt.liveperson.net/{number}" for number in range(limit + 1)]
    outcome = ask(*urls, client=client, allowed_domains=())
    statuses = [status for status, _ in json.loads(outcome.result)]
    assert statuses == [200] * limit + [429], outcome.message
    assert len(emulator.seen) == limit
    [warning] = warnings(outcome)
    assert "va.smt.liveperson.net" in warning


def test_v2_has_no_limit_of_requests(ask: Callable[..., Outcome], emulator: Server) -> None:
    outcome = ask(*["http://va.smt.liveperson.net/"] * 40)
    assert {status for status, _ in json.loads(outcome.result)} == {200}


def test_v2_refuses_the_connection_past_seven_hundred_in_a_second(outcome_of: Callable[..., Outcome]) -> None:
    limit = limits.CONNECTIONS_PER_SECOND.value
    outcome = outcome_of(
        f"""
        import net from 'node:net';
        async function lambda() {{
          const now = Date.now();
          const codes = [];
          for (let count = 0; count <= {limit}; count += 1) {{
            codes.push(new Promise((resolve) => {{
              const socket = net.connect(9, '127.0.0.1');
              socket.on('error', ({{ code }}) => resolve(code)).on('connect', () => socket.destroy());
            }}));
          }}
          const spent = Date.now() - now;
          const refused = (await Promise.all(codes)).filter((code) => code === 'faasctl.too-many-connections');
          return [refused.length, spent];
        }}
        """
    )
    refused, spent = json.loads(outcome.result)
    assert refused == 1 or spent >= 1000, outcome.message  # on a machine so slow that they took longer


# ---- offline


@pytest.mark.parametrize("client", [FETCH, REQUEST], ids=["fetch", "request"])
def test_offline_reaches_no_other_host(
    ask: Callable[..., Outcome], serve: Callable[[], Server], client: str
) -> None:
    other = serve()
    outcome = ask(f"http://127.0.0.1:{other.port}/", client=client, host_offline=True)
    assert not outcome.ok
    [warning] = warnings(outcome)
    assert f"runs offline and may not reach 127.0.0.1:{other.port}" in warning
    assert other.seen == []


def test_offline_reaches_what_is_allowed_by_name(ask: Callable[..., Outcome], serve: Callable[[], Server]) -> None:
    one, two = serve(), serve()
    outcome = ask(
        *(
            f"http://{host}/"
            for host in (f"127.0.0.1:{one.port}", f"127.0.0.1:{two.port}", f"localhost:{two.port}")
        ),
        client=LISTED,
        host_offline=True,
        host_allowed_hosts=[f"127.0.0.1:{one.port}", "localhost"],
    )
    assert json.loads(outcome.result) == [200, "faasctl.offline", 200]


@pytest.mark.parametrize(
    "question",
    [
        "dns.promises.lookup('example.com')",
        "new Promise((_, reject) => dns.lookup('example.com', reject))",
        "dns.promises.resolveTxt('example.com')",
        "new dns.promises.Resolver().resolve4('example.com')",
        "dns.promises.reverse('1.1.1.1')",
    ],
)
def test_offline_asks_for_no_name(outcome_of: Callable[..., Outcome], question: str) -> None:
    body = f"try {{ await {question} }} catch (error) {{ return error.code }}"
    code = f"import dns from 'node:dns'; async function lambda() {{ {body} }}"
    outcome = outcome_of(code, host_offline=True)
    assert json.loads(outcome.result) == "faasctl.offline", outcome.message


def test_v2_reaches_other_hosts_directly(ask: Callable[..., Outcome], serve: Callable[[], Server]) -> None:
    other = serve()
    outcome = ask(f"http://127.0.0.1:{other.port}/x")
    assert json.loads(outcome.result) == [[200, f"127.0.0.1:{other.port}/x"]]


@pytest.mark.parametrize(
    "attempt",
    [
        "await new Promise((_, reject) => net.connect('/run/docker.sock').on('error', reject))",
        "await new Promise((_, reject) => net.connect({ path: '/run/docker.sock' }).on('error', reject))",
        "dgram.createSocket('udp4').send('x', 9, '127.0.0.1')",
        "dgram.createSocket('udp4').bind(0)",
    ],
)
def test_there_are_no_datagrams_and_no_unix_sockets(outcome_of: Callable[..., Outcome], attempt: str) -> None:
    outcome = outcome_of(
        "import net from 'node:net'; import dgram from 'node:dgram';"
        f"async function lambda() {{ try {{ {attempt} }} catch (error) {{ return error.code }} }}"
    )
    assert json.loads(outcome.result) == "faasctl.no-such-network", outcome.message
    assert "HTTP and HTTPS alone" in warnings(outcome)[0]


def test_names_that_es_modules_import_are_covered_too(
    outcome_of: Callable[..., Outcome], serve: Callable[[], Server]
) -> None:
    other = serve()
    outcome = outcome_of(
        "import { connect } from 'node:tls'; import { lookup } from 'node:dns/promises';"
        "async function lambda() { const codes = [];"
        f"await new Promise((resolve) => connect({other.port}, '127.0.0.1')"
        ".on('error', (error) => resolve(codes.push(error.code))));"
        "await lookup('example.com').catch((error) => codes.push(error.code)); return codes; }",
        host_offline=True,
    )
    assert json.loads(outcome.result) == ["faasctl.offline", "faasctl.offline"], outcome.message
