"""One upload that is many applications: archives and tables of people. Pure: bytes in, bytes out."""

from typing import NamedTuple

import msgspec

from assay.reading.errors import UnreadableCode, UnreadableError
from assay.reading.formats.archive import expand_archive
from assay.reading.formats.people_csv import Person as Row
from assay.reading.formats.people_csv import read_people_csv


class Part(NamedTuple):
    """One file out of an archive or one person out of a table: its bytes, or why it was left out."""

    file_name: str
    data: bytes
    problem: str = ""


def unpack(*, data: bytes, file_name: str) -> list[Part] | None:
    """Yield the parts of an archive or of a table of people; None for a file that is one document.

    Raises
    ------
    UnreadableError
        The archive or the table itself cannot be used.
    """
    extension = file_name.rpartition(".")[2].casefold()
    if extension == "zip":
        return [
            Part(member.name, member.data, member.error.message if member.error else "")
            for member in expand_archive(data=data)
        ]
    if extension in {"csv", "tsv"}:
        table = read_people_csv(data=data)
        rows = [Part(f"{file_name}, line {row.line}.json", _json_resume(row)) for row in table.people]
        bad = [Part(f"{file_name}, line {bad.line}", b"", bad.message) for bad in table.bad_rows]
        if not rows and not bad:
            raise UnreadableError(code=UnreadableCode.EMPTY, message="The table has headings but no rows.")
        return [*rows, *bad]
    return None


def _json_resume(row: Row) -> bytes:
    """Yield a table's row as a JSON Resume, so that it takes the same way as every other document."""
    work = [{"name": row.employer, "position": row.title}] if row.employer or row.title else []
    resume = {
        "basics": {
            "name": row.name,
            "label": row.title,
            "email": row.emails[0] if row.emails else "",
            "phone": row.phones[0] if row.phones else "",
            "summary": "\n".join([row.notes, *(f"{heading}: {value}" for heading, value in row.others)]).strip(),
            "location": {"address": row.place} if row.place else {},
            "profiles": [{"url": link} for link in (*row.links, *(f"mailto:{email}" for email in row.emails[1:]))],
        },
        "work": work,
        "skills": [{"name": skill} for skill in row.skills],
    }
    return msgspec.json.encode(resume)
