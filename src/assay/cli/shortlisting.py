"""The work behind ``assay shortlist``."""

import csv
import io
import tempfile
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from assay.cli.knowledge import Knowledge, knowledge
from assay.cli.pile import Application, Pile, Setting, applications_in, data_of, files_in, read_pile
from assay.cli.shortlist import NOBODY, OK
from assay.cli.shortlist_text import print_sheet
from assay.competencies.knowledge_words import tagger_weights
from assay.core.clock import today
from assay.matching.assemble import Ranked, rank_dossiers, sheet_from, without_files
from assay.matching.report.as_csv import safe_cell, shortlist_csv
from assay.matching.report.as_json import shortlist_json
from assay.matching.role import NothingDemandedError, RoleModel, role_model
from assay.matching.sheet import Sheet
from assay.reading.errors import UnreadableError
from assay.reading.limits import read_ad_in_child
from assay.roles.from_ad import profile_from_ad
from assay.roles.profile import RoleProfile
from assay.roles.templates import template_of, templates
from assay.web.shortlist_file import shortlist_html

HTML_PEOPLE = 500
"""So many people stand in the HTML file, which a browser must draw; the other files hold all."""


class CannotUseError(Exception):
    """Something given on the command line cannot be used; the message says what and what to do."""


class Role(NamedTuple):
    """What is asked for, and where it was read."""

    profile: RoleProfile
    file: str
    model: RoleModel


def make_shortlist(*, ad: str, folder: Path, out: Path, is_blind: bool, top: int) -> int:
    """Read, rank, print and write; yield the exit code. Raises `CannotUseError`."""
    files = _files(folder=folder, ad=ad)
    _prepare(out)
    known = knowledge()
    role = _role(ad=ad, known=known)
    day = today()
    applications = applications_in(folder=folder, files=files)
    pile = _read(applications=applications, known=known, day=day, is_blind=is_blind)
    ranked = rank_dossiers(dossiers=pile.dossiers, role=role.model)
    sheet = sheet_from(
        profile=role.profile,
        role_file=role.file,
        role=role.model,
        ranked=ranked,
        parameters=known.parameters,
        settle=known.settle,
        versions=known.versions,
        unreadable=pile.unreadable,
        is_blind=is_blind,
    )
    if is_blind:
        sheet = without_files(sheet)
    _write(sheet=sheet, out=out, day=day, ranked=ranked)
    print_sheet(sheet=sheet, console=Console(highlight=False), top=top, out=out)
    return OK if sheet.entries else NOBODY


def _files(*, folder: Path, ad: str) -> list[Path]:
    if not folder.is_dir():
        raise CannotUseError(f"there is no folder {folder}")
    try:
        files = files_in(folder=folder, apart_from=Path(ad))
    except OSError as error:
        raise CannotUseError(f"{folder} cannot be read: {error.strerror}") from error
    if not files:
        raise CannotUseError(f"there are no files in {folder}; put one application a file into it")
    return files


def _prepare(out: Path) -> None:
    """Make the folder and write into it once, before minutes of reading are spent."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
    except OSError as error:
        raise CannotUseError(f"{out} cannot be written to: {error.strerror}") from error


def _role(*, ad: str, known: Knowledge) -> Role:
    profile, name = _profile(ad=ad, known=known)
    try:
        model = role_model(
            profile=profile, competencies=known.competencies, parameters=known.parameters, rules=known.rules
        )
    except NothingDemandedError as error:
        message = f"{ad} names no skill of the competency map. Is it a job ad? A template works too: {_ids()}"
        raise CannotUseError(message) from error
    return Role(profile=profile, file=name, model=model)


def _profile(*, ad: str, known: Knowledge) -> tuple[RoleProfile, str]:
    path = Path(ad)
    if not path.is_file():
        template = template_of(ad)
        if template is None:
            raise CannotUseError(f"there is no file {ad}, and no template of that name. Templates: {_ids()}")
        return template.profile(), f"template {template.id}"
    try:
        reading = read_ad_in_child(
            data=data_of(path), file_name=path.name, vocabulary=known.vocabulary, tagger=tagger_weights()
        )
    except UnreadableError as error:
        raise CannotUseError(f"{ad}: {error}") from error
    return profile_from_ad(ad=reading.job_ad, document=reading.document, catalogue=known.catalogue), path.name


def _ids() -> str:
    return ", ".join(template.id for template in templates())


def _read(*, applications: list[Application], known: Knowledge, day: date, is_blind: bool) -> Pile:
    columns = (
        TextColumn("Reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[name]}"),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("read", total=len(applications), name="")

        def advance(name: str) -> None:
            progress.update(task, advance=1, name="" if is_blind else name[-40:])

        setting = Setting(known=known, today=day, is_blind=is_blind)
        return read_pile(applications=applications, setting=setting, advance=advance)


def _write(*, sheet: Sheet, out: Path, day: date, ranked: Ranked) -> None:
    """Write all files or none: the drafts take their names only once the last of them is whole."""
    contents = {
        "shortlist.json": shortlist_json(sheet),
        "shortlist.csv": shortlist_csv(sheet),
        "shortlist.html": shortlist_html(sheet=sheet, made_on=day.isoformat(), limit=HTML_PEOPLE),
    }
    if sheet.is_blind:
        contents["shortlist-key.csv"] = _key_csv(sheet=sheet, ranked=ranked)
    drafts = {out / f".{name}.part": name for name in contents}
    try:
        for draft, name in drafts.items():
            draft.write_text(contents[name], encoding="utf-8", newline="")
        for draft, name in drafts.items():
            draft.replace(out / name)
    except OSError as error:
        raise CannotUseError(f"{out} cannot be written to: {error.strerror}") from error
    finally:
        # also after Ctrl-C; a folder that has gone meanwhile has no drafts either
        with suppress(OSError):
            for draft in drafts:
                draft.unlink(missing_ok=True)


def _key_csv(*, sheet: Sheet, ranked: Ranked) -> str:
    """Yield who is who, for after the decision."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(("person", "name", "file"))
    for entry, dossier in zip(sheet.entries, ranked.dossiers, strict=True):
        writer.writerow((entry.label, safe_cell(dossier.label), safe_cell(dossier.file)))
    return stream.getvalue()
