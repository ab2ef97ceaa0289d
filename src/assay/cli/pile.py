"""A folder of applications, read side by side; what cannot be read is named and the rest goes on."""

import hashlib
import os
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import date
from pathlib import Path
from typing import NamedTuple

from assay.cli.knowledge import Knowledge
from assay.evidence.claims import claims_from
from assay.evidence.parts import unpack
from assay.evidence.redaction import masked, redactions_of
from assay.evidence.stated import stated_in
from assay.matching.assemble import Dossier
from assay.matching.dossier import ReadFile, dossier_from
from assay.matching.sheet import Unreadable
from assay.reading.errors import UnreadableCode, UnreadableError
from assay.reading.formats.sniff import Kind, sniff
from assay.reading.limits import read_application_file

MAX_FILE_BYTES = 25 * 2**20
MAX_ARCHIVE_BYTES = 200 * 2**20
UNPACKED = frozenset({"zip", "csv", "tsv"})
TEXT_ENDINGS = frozenset(
    {"txt", "text", "md", "markdown", "mdown", "html", "htm", "xhtml", "json", "rtf", "pdf", "docx", "odt"}
)
"""Endings under which text may be an application, also where the ending is not that of text."""
READERS = 2
SKIPPED_NAMES = frozenset({"thumbs.db", "desktop.ini"})


class Pile(NamedTuple):
    """What a folder held, in the order of the files' names."""

    dossiers: tuple[Dossier, ...]
    texts: dict[str, str]
    """Text of each readable file: what the spans of the quotes point into."""
    unreadable: tuple[Unreadable, ...]


class Setting(NamedTuple):
    """What the reading of every file shares."""

    known: Knowledge
    today: date
    is_blind: bool


class Application(NamedTuple):
    """One file of the folder, of an archive in it or of a table in it, or why it cannot be used."""

    name: str
    """Its path within the folder; ``team.zip/anna.pdf`` for one out of an archive."""
    path: Path | None = None
    data: bytes = b""
    problem: str = ""


class OnePerson(NamedTuple):
    """A person and the text that the spans point into, masked where the list is blind."""

    dossier: Dossier
    text: str


def files_in(*, folder: Path, apart_from: Path | None = None) -> list[Path]:
    """Yield the files of a folder and its subfolders by name, without hidden ones and links out of it."""
    left_out = apart_from.resolve() if apart_from is not None else None
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not any(part.startswith((".", "__MACOSX")) for part in path.relative_to(folder).parts)
        and path.resolve().is_relative_to(folder.resolve())
        and path.name.lower() not in SKIPPED_NAMES
        and path.resolve() != left_out
    ]


def applications_in(*, folder: Path, files: list[Path]) -> list[Application]:
    """Yield the applications of the files: archives and tables opened, copies byte for byte named and left out."""
    found: list[Application] = []
    first_of: dict[str, str] = {}
    for path in files:
        for one in _opened(path, str(path.relative_to(folder))):
            if not one.problem and (first := first_of.setdefault(_digest(one), one.name)) != one.name:
                found.append(Application(one.name, problem=f"the same file as {first}; read once"))
            else:
                found.append(one)
    return found


def _opened(path: Path, name: str) -> list[Application]:
    ending = path.suffix.lower().removeprefix(".")
    if ending not in UNPACKED:
        return [Application(name, path)]
    try:
        parts = unpack(data=data_of(path, most=MAX_ARCHIVE_BYTES), file_name=path.name) or []
    except UnreadableError as error:
        return [Application(name, problem=error.message)]
    # A table's rows carry its name already.
    start = f"{name}/" if ending == "zip" else name.removesuffix(path.name)
    return [Application(start + part.file_name, data=part.data, problem=part.problem) for part in parts]


def _digest(one: Application) -> str:
    """Yield what tells copies; a file too large to be read is like no other."""
    try:
        return hashlib.sha256(_bytes_of(one)).hexdigest()
    except UnreadableError:
        return one.name


def _bytes_of(one: Application) -> bytes:
    return one.data if one.path is None else data_of(one.path)


def read_pile(*, applications: list[Application], setting: Setting, advance: Callable[[str], None]) -> Pile:
    """Read all applications; ``advance`` is told each one's name as it is done."""
    found: dict[str, Dossier] = {}
    texts: dict[str, str] = {}
    unreadable: dict[str, str] = {}
    with ThreadPoolExecutor(max_workers=max(READERS, os.cpu_count() or READERS)) as pool:
        try:
            for name, result in _read_all(pool, applications=applications, setting=setting):
                if isinstance(result, UnreadableError):
                    unreadable[name] = result.message
                else:
                    found[name], texts[name] = result
                advance(name)
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return Pile(
        dossiers=tuple(found[name] for name in sorted(found)),
        texts=texts,
        unreadable=tuple(Unreadable(file=name, reason=unreadable[name]) for name in sorted(unreadable)),
    )


def read_one(*, application: Application, setting: Setting) -> OnePerson:
    """Read one application. Raises `UnreadableError`."""
    name = application.name
    if application.problem:
        raise UnreadableError(code=UnreadableCode.BROKEN, message=application.problem)
    data = _bytes_of(application)
    _refuse_other_text(data, name)
    known = setting.known
    reading = read_application_file(
        data=data, file_name=name.rpartition("/")[2], vocabulary=known.vocabulary, today=setting.today
    )
    document, resume, mentions = reading.document, reading.resume, reading.skills
    text = document.text
    if setting.is_blind:
        text = masked(text=text, redactions=redactions_of(document=document, resume=resume))
    implies = {one.id: one.implies for one in known.catalogue.competencies}
    claims = claims_from(mentions=mentions, rules=known.rules, hidden=document.hidden, implies=implies)
    dossier = dossier_from(
        person=name,
        label=resume.name.value if resume.name is not None else "Name not read",
        files=[ReadFile(file=name, text=text, claims=claims)],
        stated=stated_in(document=document, resume=resume),
        # not of the bytes: between people with the very same evidence a swapped name must not move anybody either
        key=hashlib.sha256(name.encode()).hexdigest(),
        rules=known.rules,
    )
    return OnePerson(dossier, text)


def _refuse_other_text(data: bytes, name: str) -> None:
    """Refuse text under the name of something else: logs, programs and settings are nobody's application."""
    ending = name.rpartition("/")[2].rpartition(".")
    if ending[0] and ending[2].lower() not in TEXT_ENDINGS and sniff(data=data, file_name=name) is Kind.TEXT:
        message = f"its ending .{ending[2]} is not that of a document; if it is an application, name it .txt"
        raise UnreadableError(code=UnreadableCode.UNSUPPORTED, message=message)


def data_of(path: Path, *, most: int = MAX_FILE_BYTES) -> bytes:
    """Yield a file's bytes. Raises `UnreadableError` where it is too large or cannot be opened."""
    try:
        if path.stat().st_size > most:
            message = f"larger than {most // 2**20} MiB, which no application is"
            raise UnreadableError(code=UnreadableCode.TOO_LARGE, message=message)
        return path.read_bytes()
    except OSError as error:
        message = f"cannot be opened: {error.strerror}"
        raise UnreadableError(code=UnreadableCode.BROKEN, message=message) from error


def _read_all(
    pool: ThreadPoolExecutor, *, applications: list[Application], setting: Setting
) -> Iterator[tuple[str, OnePerson | UnreadableError]]:
    waiting: dict[Future[OnePerson], str] = {}
    for application in applications:
        waiting[pool.submit(read_one, application=application, setting=setting)] = application.name
    while waiting:
        done, _ = wait(waiting, return_when=FIRST_COMPLETED)
        for future in done:
            name = waiting.pop(future)
            try:
                yield name, future.result()
            except UnreadableError as error:
                yield name, error
