"""Web, worker and a Postgres of one's own, started as the files of ``ops`` say; an import, a back-up, a restore."""

import http.cookiejar
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from pathlib import Path

import psycopg
import pytest

from assay.server.postgres import Supervisor
from tests.ops.setups import Setup, compose, systemd
from tests.sourcing.conftest import resume_text

VENV_BIN = Path(sys.executable).parent
PASSWORD = "only-for-this-test"
pytestmark = pytest.mark.slow


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_until(condition, *, seconds=60.0):
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.2)
    return found


@pytest.fixture(scope="module")
def database_port():
    """A Postgres that is not Assay's: over TCP, with a password, as the compose file's."""
    home = Path(tempfile.mkdtemp(prefix="assay-ops-"))
    home.chmod(0o755)
    supervisor = Supervisor(home=home, is_durable=False)
    with supervisor, psycopg.connect(supervisor.layout.url) as connection:
        connection.execute(f"ALTER ROLE assay PASSWORD '{PASSWORD}'")
    (supervisor.layout.data / "pg_hba.conf").write_text("host all all 127.0.0.1/32 scram-sha-256\n")
    port = free_port()
    options = ["listen_addresses=127.0.0.1", f"port={port}", "unix_socket_directories=", "fsync=off"]
    server = subprocess.Popen(
        [str(supervisor._bin / "postgres"), "-D", str(supervisor.layout.data), *(f"-c{option}" for option in options)],
        stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=supervisor.layout.base, **supervisor._identity(),
    )  # fmt: skip
    wait_until(lambda: _answers(url_of(port)))
    yield port
    server.send_signal(signal.SIGINT)
    server.wait(timeout=30)
    shutil.rmtree(home, ignore_errors=True)


def url_of(port, name="assay"):
    return f"postgresql://assay:{PASSWORD}@127.0.0.1:{port}/{name}"


def _answers(url):
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


class Installation:
    """One way of running Assay, brought onto this machine: our interpreter, a free port, a folder of its own."""

    def __init__(self, way, *, database_port, home):
        self.port = free_port()
        given = {
            "POSTGRES_PASSWORD": PASSWORD,
            "ASSAY_SECRET_KEY": "k" * 50,
            "ASSAY_URL": f"http://localhost:{self.port}",
        }
        self.home = home
        found = way(given)
        self.setup = Setup(*(self.here(command) for command in found[:3]), environment=found.environment)
        self.database = f"assay_{uuid.uuid4().hex[:8]}"
        with psycopg.connect(url_of(database_port), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {self.database}")
        url = re.sub(
            r"@[^/]+/assay$", f"@127.0.0.1:{database_port}/{self.database}", self.setup.environment["DATABASE_URL"]
        )
        path = f"{VENV_BIN}:{os.environ['PATH']}"
        self.environment = self.setup.environment | {"DATABASE_URL": url, "ASSAY_HOME": str(home), "PATH": path}

    def start(self, command):
        with (self.home / f"{command[1]}.log").open("wb") as log:
            return subprocess.Popen(command, env=self.environment, stdout=log, stderr=log, cwd=self.home)

    def start_web(self):
        command = [*self.setup.web, "--port", str(self.port)]  # the last one counts
        return self.start(["127.0.0.1" if word == "0.0.0.0" else word for word in command])  # noqa: S104 -- it is taken out

    def run(self, *command):
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False, cwd=self.home)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def here(self, command):
        """Yield a command with the places of a server replaced by this machine's."""
        places = {"/opt/assay/.venv/bin": VENV_BIN, "/var/backups/assay": self.home, "/tmp": self.home}  # noqa: S108 -- it is taken out
        there = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, places)) + ")(?=/)")
        return [there.sub(lambda found: str(places[found[0]]), word) for word in command]


class Browser:
    """Just enough of one: cookies, forms with their token, an upload."""

    def __init__(self, base):
        self.base = base
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)

    def get(self, path):
        with self.opener.open(self.base + path, timeout=30) as response:
            return response.geturl(), response.read().decode()

    def post(self, path, fields, files=()):
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(path)[1])[1]
        border = uuid.uuid4().hex
        parts = [
            f'name="{key}"\r\n\r\n{value}'.encode() for key, value in ({"csrfmiddlewaretoken": token} | fields).items()
        ]
        parts += [f'name="files"; filename="{name}"\r\n\r\n'.encode() + data for name, data in files]
        body = b"".join(b"--%s\r\nContent-Disposition: form-data; %s\r\n" % (border.encode(), part) for part in parts)
        request = urllib.request.Request(self.base + path, data=body + f"--{border}--\r\n".encode())  # noqa: S310 -- our own server
        request.add_header("Content-Type", f"multipart/form-data; boundary={border}")
        request.add_header("Referer", self.base + path)
        with self.opener.open(request, timeout=30) as response:
            return urllib.parse.urlsplit(response.geturl()).path, response.read().decode()


def is_ready(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as response:
            return response.status == 200
    except (urllib.error.URLError, ConnectionError):
        return False


@pytest.fixture(params=[compose, systemd], ids=["compose", "systemd"])
def installation(request, database_port, tmp_path):
    return Installation(request.param, database_port=database_port, home=tmp_path)


def test_an_import_a_backup_and_a_restore(installation):
    web = installation.start_web()
    wait_until(lambda: is_ready(installation.port))
    worker = installation.start(installation.setup.worker)
    try:
        said = installation.run(
            "assay", "organisation", "Northwind", "--email", "ada@northwind.example", "--administrator", "Ada Brandt"
        )
        browser = Browser(f"http://localhost:{installation.port}")
        browser.post(urllib.parse.urlsplit(said.split()[-1]).path, {})
        batch, _ = browser.post("/o/northwind/imports/", {}, [("cv.txt", resume_text())])
        wait_until(lambda: "Done" in browser.get(f"{batch}progress/")[1])
        assert "Amara Okafor" in browser.get("/o/northwind/people/")[1]
        installation.run(*installation.setup.backup)
    finally:
        for process in (worker, web):
            process.send_signal(signal.SIGTERM)
        codes = [process.wait(timeout=30) for process in (worker, web)]
    # The web server closes everything and then ends by the signal itself, which systemd and Docker take for clean.
    assert codes == [0, -signal.SIGTERM]
    lost_and_restored(installation)


def lost_and_restored(installation):
    """Lose the people, read the back-up, and find them again with a whole trail."""
    (dump,) = installation.home.glob("*.dump")
    with psycopg.connect(installation.environment["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("DROP TABLE people_person CASCADE")
    installation.run("assay", "db", "restore", "--replace", str(dump))
    with psycopg.connect(installation.environment["DATABASE_URL"]) as connection:
        assert connection.execute("SELECT name FROM people_person").fetchall() == [("Amara Okafor",)]
    assert installation.run("assay", "audit", "verify").startswith("northwind: whole, ")
