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
from assay.evidence.redaction import masked, redactions_of
from assay.evidence.stated import stated_in
from assay.matching.assemble import Dossier
from assay.matching.dossier import ReadFile, dossier_from
from assay.matching.sheet import Unreadable
from assay.reading.errors import UnreadableCode, UnreadableError
from assay.reading.limits import read_application_file
from assay.reading.skills import read_skills

MAX_FILE_BYTES = 25 * 2**20
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


class OnePerson(NamedTuple):
    """A person and the text that the spans point into, masked where the list is blind."""

    dossier: Dossier
    text: str


def files_in(*, folder: Path, apart_from: Path | None = None) -> list[Path]:
    """Yield the files of a folder and its subfolders in the order of their names, without hidden ones."""
    left_out = apart_from.resolve() if apart_from is not None else None
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and path.name.lower() not in SKIPPED_NAMES
        and path.resolve() != left_out
    ]


def read_pile(*, folder: Path, files: list[Path], setting: Setting, advance: Callable[[str], None]) -> Pile:
    """Read all files; ``advance`` is told each file's name as it is done."""
    found: dict[str, Dossier] = {}
    texts: dict[str, str] = {}
    unreadable: dict[str, str] = {}
    with ThreadPoolExecutor(max_workers=max(READERS, os.cpu_count() or READERS)) as pool:
        try:
            for name, result in _read_all(pool, folder=folder, files=files, setting=setting):
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


def read_one(*, path: Path, name: str, setting: Setting) -> OnePerson:
    """Read one application. Raises `UnreadableError`."""
    data = data_of(path)
    reading = read_application_file(data=data, file_name=path.name)
    document, resume = reading.document, reading.resume
    known = setting.known
    mentions = read_skills(document=document, resume=resume, vocabulary=known.vocabulary, today=setting.today)
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


def data_of(path: Path) -> bytes:
    """Yield a file's bytes. Raises `UnreadableError` where it is too large or cannot be opened."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            message = f"larger than {MAX_FILE_BYTES // 2**20} MiB, which no application is"
            raise UnreadableError(code=UnreadableCode.TOO_LARGE, message=message)
        return path.read_bytes()
    except OSError as error:
        message = f"cannot be opened: {error.strerror}"
        raise UnreadableError(code=UnreadableCode.BROKEN, message=message) from error


def _read_all(
    pool: ThreadPoolExecutor, *, folder: Path, files: list[Path], setting: Setting
) -> Iterator[tuple[str, OnePerson | UnreadableError]]:
    waiting: dict[Future[OnePerson], str] = {}
    for path in files:
        name = str(path.relative_to(folder))
        waiting[pool.submit(read_one, path=path, name=name, setting=setting)] = name
    while waiting:
        done, _ = wait(waiting, return_when=FIRST_COMPLETED)
        for future in done:
            name = waiting.pop(future)
            try:
                yield name, future.result()
            except UnreadableError as error:
                yield name, error
