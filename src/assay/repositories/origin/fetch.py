"""A public address over https: we ask which branch there is, and git fetches that one from the machine we checked."""

import http.client
import re
import socket
import ssl
import time
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

from assay.repositories.caps import Caps
from assay.repositories.errors import Refusal, RepositoryError
from assay.repositories.git import Git, GitError
from assay.repositories.origin.address import PUBLIC, AddressPolicy, Target, checked_target
from assay.repositories.origin.folder import Brought
from assay.repositories.origin.fresh import BRANCH, fresh_repository, is_object_id, nothing_committed

_REDIRECTS = 4
_TIMEOUT_S = 15.0
_SERVICE = "/info/refs?service=git-upload-pack"
_ADVERTISEMENT = "application/x-git-upload-pack-advertisement"
_MOVED = frozenset({301, 302, 303, 307, 308})
_CLOSED = frozenset({401, 403, 404, 410})
_SYMREF = re.compile(r"symref=HEAD:(refs/heads/[^\x00-\x20\x7f~^:?*\\\[]{1,200})(?:\s|\Z)")
_POLL_S = 0.2


class Found(NamedTuple):
    """A repository that answers: where, its default branch, and how many references it has."""

    target: Target
    branch: str
    references: int


def bring_address(*, url: str, target: Path, caps: Caps, policy: AddressPolicy = PUBLIC) -> Brought:
    """Fetch the default branch of a public repository into a fresh one at ``target``. Raises `RepositoryError`."""
    found = find_repository(url=url, caps=caps, policy=policy)
    git = fresh_repository(folder=target)
    _fetch(git=git, found=found, caps=caps, policy=policy)
    others = found.references - 1
    return Brought(git=git, notes=(f"{others:,} other references were not read.",) if others > 1 else ())


def find_repository(*, url: str, caps: Caps, policy: AddressPolicy = PUBLIC) -> Found:
    """Ask an address for its references. Raises `RepositoryError` where it has none that may be read."""
    base = url.split("#", 1)[0].split("?", 1)[0].rstrip("/")
    for _ in range(_REDIRECTS + 1):
        target = checked_target(url=base, policy=policy)
        status, location, kind, body = _ask(target=target, limit=caps.refs_bytes, policy=policy)
        if status in _MOVED:
            base = _moved_to(target, location)
            continue
        _refuse_status(status, target)
        if not kind.startswith(_ADVERTISEMENT):
            message = f"{target.url} answers, and is no git repository. Give the address that one would clone."
            raise RepositoryError(refusal=Refusal.NOT_A_REPOSITORY, message=message)
        return _found(target, body)
    raise RepositoryError(refusal=Refusal.UNREACHABLE, message=f"{url} leads from one address to the next without end.")


def _moved_to(target: Target, location: str) -> str:
    place = urljoin(target.url + _SERVICE, location)
    # Git puts the service behind whatever base it is given: a redirect that drops it leads to no repository.
    return place.split("/info/refs", 1)[0].split("?", 1)[0]


def _refuse_status(status: int, target: Target) -> None:
    if status in _CLOSED:
        message = (
            f"{target.url} is private or does not exist. Make it public for the review, or upload a bundle "
            "(`git bundle create work.bundle --all`) or a zip."
        )
        raise RepositoryError(refusal=Refusal.PRIVATE, message=message)
    if status != http.client.OK:
        message = f"{target.host} answered with status {status}. Try again later, or upload a bundle."
        raise RepositoryError(refusal=Refusal.UNREACHABLE, message=message)


def _found(target: Target, body: bytes) -> Found:
    lines = list(_packet_lines(body))
    refs = {name: ident for ident, _, name in (line.partition(" ") for line in lines) if is_object_id(ident)}
    heading = next((line for line in lines if "\0" in line), "")
    names = [name.partition("\0")[0].strip() for name in refs]
    symref = _SYMREF.search(heading)
    usual = (symref.group(1) if symref else "", "refs/heads/main", "refs/heads/master")
    heads = [name for name in names if name.startswith("refs/heads/")]
    branch = next((name for name in (*usual, *heads) if name in names), "")
    if not branch:
        raise nothing_committed()
    return Found(target, branch, len(names))


def _packet_lines(body: bytes) -> list[str]:
    lines, place = [], 0
    while place + 4 <= len(body):
        try:
            size = int(body[place : place + 4], 16)
        except ValueError:
            break
        if size >= 4:
            lines.append(body[place + 4 : place + size].decode("utf-8", "replace"))
        place += max(size, 4)
    return lines


class _Answer(NamedTuple):
    status: int
    location: str
    kind: str
    body: bytes


class _Pinned(http.client.HTTPSConnection):
    """A connection to the machine that was checked, whatever the name resolves to by now."""

    def __init__(self, *, target: Target, context: ssl.SSLContext) -> None:
        super().__init__(target.host, target.port, timeout=_TIMEOUT_S, context=context)
        self._pinned = target
        self._tls = context

    def connect(self) -> None:
        raw = socket.create_connection((self._pinned.ip, self._pinned.port), timeout=_TIMEOUT_S)
        try:
            self.sock = self._tls.wrap_socket(raw, server_hostname=self._pinned.host)
        except OSError:
            raw.close()
            raise


def _ask(*, target: Target, limit: int, policy: AddressPolicy) -> _Answer:
    connection = _Pinned(target=target, context=ssl.create_default_context(cafile=policy.ca_file))
    path = target.url.split(target.host, 1)[1].partition("/")[2]
    headers = {"User-Agent": "git/assay", "Accept": _ADVERTISEMENT, "Accept-Encoding": "identity"}
    try:
        connection.request("GET", f"/{path}{_SERVICE}", headers=headers)
        with connection.getresponse() as answer:
            body = _body(answer, limit)
            location, kind = (answer.getheader(name) or "" for name in ("Location", "Content-Type"))
            return _Answer(answer.status, location, kind, body)
    except (OSError, http.client.HTTPException) as error:
        message = f"{target.host} does not answer ({type(error).__name__}). Try again later, or upload a bundle."
        raise RepositoryError(refusal=Refusal.UNREACHABLE, message=message) from error
    finally:
        connection.close()


def _body(answer: http.client.HTTPResponse, limit: int) -> bytes:
    """Yield the body. A server that sends a byte a second is left after a while, and one that never ends as well."""
    deadline_s = time.monotonic() + 2 * _TIMEOUT_S
    parts, size = [], 0
    while chunk := answer.read1(1 << 16):
        parts.append(chunk)
        size += len(chunk)
        if size > limit:
            message = "This repository lists too many references. Upload a bundle of its main branch."
            raise RepositoryError(refusal=Refusal.TOO_LARGE, message=message)
        if time.monotonic() > deadline_s:
            raise RepositoryError(refusal=Refusal.TIME_LIMIT, message="The server answers too slowly; try again later.")
    return b"".join(parts)


def _fetch(*, git: Git, found: Found, caps: Caps, policy: AddressPolicy) -> None:
    target = found.target
    settings = (
        f"http.curloptResolve={target.host}:{target.port}:{_bracketed(target.ip)}",
        "http.followRedirects=false",
        "http.proxy=",
        "http.lowSpeedLimit=1000",
        "http.lowSpeedTime=20",
        "credential.helper=",
        *((f"http.sslCAInfo={policy.ca_file}",) if policy.ca_file else ()),
    )
    words = ("fetch", "--quiet", "--no-tags", "--no-auto-gc", "--no-write-fetch-head", "--no-recurse-submodules", "--")
    stream = git.stream(
        *words, target.url, f"+{found.branch}:{BRANCH}",
        timeout_s=caps.fetch_s, max_bytes=1_000_000, protocols="https", settings=settings,
    )  # fmt: skip
    watch = _Watch(folder=git.folder, limit=caps.total_bytes)
    try:
        with stream:
            stream.on_wait(watch.look, every_s=_POLL_S)
            for _ in stream:
                pass
    except GitError as error:
        message = f"{target.host} broke off while the repository was fetched. Try again later, or upload a bundle."
        raise GitError(refusal=Refusal.UNREACHABLE, message=message, said=error.said) from error
    if stream.is_cut:
        raise RepositoryError(
            refusal=Refusal.TIME_LIMIT,
            message=f"The repository could not be fetched within {caps.fetch_s:.0f} s. Upload a bundle of it.",
        )


def _bracketed(ip: str) -> str:
    return f"[{ip}]" if ":" in ip else ip


class _Watch:
    """Looks at what has come so far, and refuses a repository that is too large."""

    def __init__(self, *, folder: Path, limit: int) -> None:
        self._folder = folder
        self._limit = limit

    def look(self) -> None:
        """Raise `RepositoryError` where more has come than is allowed."""
        size = 0
        for path in (self._folder / "objects").rglob("*"):
            try:
                size += path.stat().st_size
            except FileNotFoundError:  # git renames its temporary files
                continue
        if size > self._limit:
            message = f"This repository is larger than {self._limit // 1_000_000} MB. Upload a bundle of what matters."
            raise RepositoryError(refusal=Refusal.TOO_LARGE, message=message)
