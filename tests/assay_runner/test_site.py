"""The four calls over real HTTP, with a site that misbehaves."""

import http.server
import threading

import msgspec
import pytest

from assay_runner import main as command
from assay_runner.contract import Job, JobResult, Lease, LeaseRequest
from assay_runner.site import LeaseLostError, Site, SiteError, TokenError

LEASE = Lease(run_id="a", lease_id="b", job=Job(runtime="python", files=(), steps=()), expires_in_s=1)
RESULT = JobResult(steps=(), backend="t", controls=())


@pytest.fixture
def site():
    """A site that answers as `answers` says: (status, body, headers)."""
    seen, answers = [], []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            seen.append((self.path, self.headers["Authorization"], body))
            status, said, headers = answers.pop(0)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(said)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.02])
        thread.start()
        yield Site(url=f"http://127.0.0.1:{server.server_port}/", token="secret"), answers, seen
        server.shutdown()
        thread.join()


def test_lease_comes_whole_and_the_token_goes_along(site):
    there, answers, seen = site
    answers.append((200, msgspec.json.encode(LEASE), {}))
    assert there.lease(LeaseRequest(runtimes=("python",))) == LEASE
    assert seen[0][:2] == ("/runner/v1/lease", "Bearer secret")


def test_nothing_to_do_is_none(site):
    there, answers, _ = site
    answers.append((204, b"", {}))
    assert there.lease(LeaseRequest(runtimes=())) is None


@pytest.mark.parametrize("said", [b"<html>", b"{}", b'{"run_id": 3}', b"\xff"])
def test_garbage_is_the_sites_fault(site, said):
    there, answers, _ = site
    answers.append((200, said, {}))
    with pytest.raises(SiteError, match="no lease"):
        there.lease(LeaseRequest(runtimes=()))


@pytest.mark.parametrize(
    ("status", "error"),
    [(409, LeaseLostError), (401, TokenError), (403, TokenError), (500, SiteError), (404, SiteError)],
)
def test_refusals_are_told_apart(site, status, error):
    there, answers, _ = site
    answers.append((status, b"no\n", {}))
    with pytest.raises(error):
        there.post(LEASE, RESULT)


def test_token_follows_no_redirect(site):
    there, answers, seen = site
    answers.append((302, b"", {"Location": there.url + "/elsewhere"}))
    with pytest.raises(SiteError):
        there.keep(LEASE)
    assert len(seen) == 1


def test_site_that_is_not_there():
    with pytest.raises(SiteError, match="does not answer"):
        Site(url="http://127.0.0.1:1", token="x").give_back(LEASE)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--site", "http://far.example"], "https:// is needed"),
        (["--site", "https://far.example", "--slots", "0"], "between 1 and 64"),
        (["--site", "ftp://far.example"], "https:// is needed"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(tmp_path, capsys, arguments, said):
    token = tmp_path / "token"
    token.write_text("x")
    assert command.main(["run", "--token-file", str(token), *arguments]) == 2
    assert said in capsys.readouterr().err


def test_missing_token_file_is_named(tmp_path, capsys):
    assert command.main(["run", "--site", "https://x.example", "--token-file", str(tmp_path / "none")]) == 2
    assert "none" in capsys.readouterr().err
