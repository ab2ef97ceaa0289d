import ssl
import subprocess
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from assay.repositories.caps import Caps
from assay.repositories.errors import Refusal, RepositoryError
from assay.repositories.origin.address import PUBLIC, AddressPolicy, checked_target, is_public
from assay.repositories.origin.fetch import bring_address, find_repository

HOST = "forge.test"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    begin = datetime.now(UTC) - timedelta(days=1)  # noqa: TID251 -- a certificate must be good when the test runs
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(begin).not_valid_after(begin + timedelta(days=9))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "key.pem").write_bytes(private)
    return folder


class Forge(BaseHTTPRequestHandler):
    """A git server as small as one can be: two calls of upload-pack."""

    root = ""
    asked: list[str] = []

    def do_GET(self):
        self.asked.append(self.path)
        base = self.path.split("/info/refs")[0]
        if base in {"/moved", "/inward", "/round", "/plain"}:
            place = {
                "/moved": "/work",
                "/inward": "https://inward.test",
                "/round": "/round",
                "/plain": "http://forge.test",
            }
            self.reply(301, b"", {"Location": place[base] + "/info/refs?service=git-upload-pack"})
        elif base == "/private":
            self.reply(401, b"", {"WWW-Authenticate": "Basic"})
        elif base == "/page":
            self.reply(200, b"<html>", {"Content-Type": "text/html"})
        elif base == "/down":
            self.reply(503, b"", {})
        else:
            kind = {"Content-Type": "application/x-git-upload-pack-advertisement"}
            self.reply(200, b"001e# service=git-upload-pack\n0000" + self.upload_pack("--http-backend-info-refs"), kind)

    def do_POST(self):
        self.asked.append(self.path)
        given = self.rfile.read(int(self.headers["Content-Length"]))
        kind = {"Content-Type": "application/x-git-upload-pack-result"}
        self.reply(200, self.upload_pack("--stateless-rpc", given=given), kind)

    def upload_pack(self, *words, given=b""):
        words = ("--stateless-rpc", *words)
        command = ["git", "upload-pack", *words, self.root]
        return subprocess.run(command, input=given, capture_output=True, check=True).stdout

    def reply(self, status, body, headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        return


@pytest.fixture
def forge(made, certificate):
    made.commit({"a.py": "x = 1\n"})
    made.git("branch", "other")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Forge)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    Forge.root, Forge.asked = str(made.path), []
    server.daemon_threads = False  # its end waits for their sockets to be closed
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def policy(forge, certificate):
    machines = {HOST: ["127.0.0.1"], "inward.test": ["10.0.0.7"]}
    return AddressPolicy(
        resolve=lambda host, _port: machines[host],
        is_allowed=lambda ip: ip == "127.0.0.1",
        ports=frozenset({forge.server_address[1], 443}),
        ca_file=str(certificate / "cert.pem"),
    )


def url(forge, name):
    return f"https://{HOST}:{forge.server_address[1]}/{name}"


def refused(call):
    with pytest.raises(RepositoryError) as caught:
        call()
    return caught.value.refusal


@pytest.mark.parametrize("name", ["work", "moved", "work/", "work?tab=readme"])
def test_public_repository_is_fetched_from_the_checked_machine(forge, policy, tmp_path, made, name):
    fresh = bring_address(url=url(forge, name), target=tmp_path / "fresh", caps=Caps(), policy=policy)
    assert fresh.git.run("rev-parse", "HEAD").decode().strip() == made.git("rev-parse", "HEAD")
    assert fresh.notes == ("2 other references were not read.",)
    assert not [path for path in Forge.asked if not path.startswith(("/work", "/moved"))]


@pytest.mark.parametrize(
    ("name", "expect"),
    [
        ("private", Refusal.PRIVATE),
        ("page", Refusal.NOT_A_REPOSITORY),
        ("down", Refusal.UNREACHABLE),
        ("inward", Refusal.ADDRESS),
        ("plain", Refusal.ADDRESS),
        ("round", Refusal.UNREACHABLE),
    ],
)
def test_other_answers_are_refused_by_name(forge, policy, name, expect):
    assert refused(lambda: find_repository(url=url(forge, name), caps=Caps(), policy=policy)) is expect


def test_long_list_of_references_is_refused(forge, policy):
    caps = Caps(refs_bytes=50)
    assert refused(lambda: find_repository(url=url(forge, "work"), caps=caps, policy=policy)) is Refusal.TOO_LARGE


def test_repository_that_does_not_answer_is_refused(policy):
    unused = 1
    quiet = policy._replace(ports=frozenset({unused}))
    address = f"https://{HOST}:{unused}/work"
    assert refused(lambda: find_repository(url=address, caps=Caps(), policy=quiet)) is Refusal.UNREACHABLE


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.9.9", "169.254.169.254", "100.64.0.1", "0.0.0.1", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::a00:1",
    ],
)  # fmt: skip
def test_machine_inside_is_not_public(ip):
    assert not is_public(ip)


@pytest.mark.parametrize("ip", ["140.82.121.4", "2606:50c0:8000::154", "64:ff9b::8c52:7904"])
def test_machine_of_the_internet_is_public(ip):
    assert is_public(ip)


@pytest.mark.parametrize(
    "address",
    [
        "http://forge.test/a", "file:///etc", "ext::sh -c id", "ssh://git@forge.test/a", "git@forge.test:a/b",
        "https://u:p@forge.test/a", "https://forge.test:22/a", "https://forge.test/", "https:///a",
        "https://forge.test/a\nb", "https://-oProxy/a", "https://forge.test:99999/a", "--upload-pack=x://",
    ],
)  # fmt: skip
def test_address_of_another_kind_is_refused(address):
    policy = PUBLIC._replace(resolve=lambda _host, _port: ["140.82.121.4"])
    assert refused(lambda: checked_target(url=address, policy=policy)) is Refusal.ADDRESS


def test_one_private_machine_among_public_ones_is_enough():
    policy = PUBLIC._replace(resolve=lambda _host, _port: ["140.82.121.4", "127.0.0.1"])
    assert refused(lambda: checked_target(url="https://forge.test/a", policy=policy)) is Refusal.ADDRESS
