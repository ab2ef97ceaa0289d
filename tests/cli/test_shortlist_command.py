import csv
import errno
import io
import json
import zipfile
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from assay.cli.knowledge import READER
from assay.cli.main import main
from assay.evidence.reader import READER as SITE_READER
from assay.matching.report.as_csv import safe_cell
from assay.reading.limits import read_application_file
from tests.reading import hostile_files as files

AD = """Machine Learning Engineer

What you will do
- Own forecasting models from notebook to production.

Requirements
- Strong Python
- PyTorch or TensorFlow
- Docker and Kubernetes
- Solid statistics

Nice to have
- Spark
"""

LEAD = """{name}
{contact}

Experience
Machine Learning Engineer, Kornfeld GmbH, {first} - present
- Led training and deployment of PyTorch models with Docker and Kubernetes for 14 markets.
- {pronoun} built Python services that planners use every day.

Data Analyst, Tallyr, {earlier}
- Wrote reports in SQL and Python.

Education
{school}, MSc Statistics, {graduated}

Skills
Python, PyTorch, Docker, Kubernetes, statistics, SQL
"""

LIST_ONLY = """{name}
{contact}

Experience
Analyst, Blum AG, {first} - present
- Prepared monthly numbers for the board.

Education
{school}, BSc Economics, {graduated}

Skills
Python, Docker
"""

FRANK = """{name}
{contact}

Summary
Careful analyst. No experience with PyTorch. Basic knowledge of Python.

Education
{school}, BSc Physics, {graduated}
"""

ONE = {
    "name": "Emily Walsh",
    "contact": "emily@example.org, 12 Main Street, 10115 Berlin",
    "pronoun": "She",
    "school": "Stanford University",
    "graduated": "2011",
    "first": "2019",
    "earlier": "2016 - 2019",
}
OTHER = {
    "name": "Mehmet Yildiz",
    "contact": "mehmet@example.org, Hauptstr. 7, 12043 Berlin",
    "pronoun": "He",
    "school": "Fachhochschule Kiel",
    "graduated": "1998",
    "first": "2020",
    "earlier": "2014 - 2017",
}
PEOPLE = {"lead": LEAD, "list": LIST_ONLY, "frank": FRANK}


def write(path, text):
    """Write a text in the format that the name's ending asks for."""
    if path.suffix == ".html":
        lines = "".join(f"<p>{line}</p>" for line in text.splitlines() if line)
        path.write_text(f"<html><body>{lines}</body></html>", encoding="utf-8")
    elif path.suffix == ".pdf":
        canvas = Canvas(str(path), pagesize=A4)
        for place, line in enumerate(text.splitlines()):
            canvas.drawString(60, 780 - 16 * place, line)
        canvas.save()
    else:
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    cvs = tmp_path / "cvs"
    cvs.mkdir()
    (tmp_path / "ad.txt").write_text(AD, encoding="utf-8")
    for name, text in PEOPLE.items():
        write(cvs / f"{name}.txt", text.format(**ONE))
    return tmp_path


def run(folder, *more, ad="ad.txt"):
    given = ["shortlist", str(folder / ad) if (folder / ad).exists() else ad, str(folder / "cvs")]
    return main([*given, "--out", str(folder / "out"), *more])


def result(folder):
    return json.loads((folder / "out" / "shortlist.json").read_text(encoding="utf-8"))


def test_shortlist_puts_those_first_who_show_more(folder, capsys):
    assert run(folder) == 0
    people = result(folder)["people"]
    assert [one["file"] for one in people] == ["lead.txt", "list.txt", "frank.txt"]
    assert people[0]["must_haves"]["unmet"] == []
    assert "python" in people[0]["must_haves"]["met"]
    assert "pytorch" in people[0]["must_haves"]["met"] or "tensorflow_keras" in people[0]["must_haves"]["met"]
    assert "python" in people[2]["must_haves"]["unmet"]
    assert "Emily Walsh" in capsys.readouterr().out


def test_shortlist_json_has_the_published_shape(folder):
    run(folder)
    sheet = result(folder)
    assert list(sheet) == [
        "format", "role", "people", "cannot_be_separated", "next_step", "unreadable", "blind", "versions",
    ]  # fmt: skip
    assert list(sheet["role"]) == ["title", "file", "bar", "requirements", "constraints", "not_in_map"]
    assert list(sheet["role"]["requirements"][0]) == [
        "competency", "name", "level", "weight", "must_have", "terms", "quotes",
    ]  # fmt: skip
    person = sheet["people"][0]
    assert list(person) == [
        "place", "file", "name", "fit", "chance_at_bar", "must_haves", "chance_all_must_haves", "must_have_words",
        "reasons", "not_measured", "stated", "ruled_out_by_own_words",
    ]  # fmt: skip
    assert list(person["fit"]) == ["mean", "interval80"]
    assert list(person["must_haves"]) == ["met", "unmet", "unknown"]
    assert list(person["reasons"][0]) == [
        "competency", "name", "says", "quote", "start", "end", "file", "effect",
    ]  # fmt: skip
    assert list(person["not_measured"][0]) == ["competency", "name", "must_have", "settled_by", "minutes"]


def test_every_quote_stands_in_its_document_at_its_span(folder):
    for name, text in PEOPLE.items():
        for suffix in (".md", ".html", ".pdf"):
            write(folder / "cvs" / f"{name}{suffix}", text.format(**OTHER))
    run(folder)
    texts = {
        path.name: read_application_file(data=path.read_bytes(), file_name=path.name).document.text
        for path in (folder / "cvs").iterdir()
    }
    quotes = [
        one for person in result(folder)["people"] for part in ("reasons", "must_have_words") for one in person[part]
    ]
    assert len(quotes) > 30
    assert [one["quote"] for one in quotes] == [texts[one["file"]][one["start"] : one["end"]] for one in quotes]


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".pdf"])
def test_order_and_numbers_do_not_move_when_who_somebody_is_is_swapped(tmp_path, suffix):
    shown = []
    for who in (ONE, OTHER):
        place = tmp_path / who["pronoun"]
        (place / "cvs").mkdir(parents=True)
        (place / "ad.txt").write_text(AD, encoding="utf-8")
        for name, text in PEOPLE.items():
            write(place / "cvs" / f"{name}{suffix}", text.format(**who))
        run(place)
        shown.append(
            [
                (one["file"], one["fit"], one["chance_at_bar"], one["must_haves"], one["chance_all_must_haves"])
                for one in result(place)["people"]
            ]
        )
    assert shown[0] == shown[1]


def test_unreadable_file_is_named_and_the_rest_goes_on(folder, capsys):
    (folder / "cvs" / "torn.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>")
    (folder / "cvs" / "empty.docx").write_bytes(b"")
    assert run(folder) == 0
    sheet = result(folder)
    assert [one["file"] for one in sheet["unreadable"]] == ["empty.docx", "torn.pdf"]
    assert all(one["reason"] for one in sheet["unreadable"])
    assert len(sheet["people"]) == 3
    assert "torn.pdf" in capsys.readouterr().out


def test_hostile_files_are_named_and_the_rest_goes_on(folder):
    cvs = folder / "cvs"
    for name, data in {
        "bomb.docx": files.docx(" " * 80_000_000),
        "bomb.pdf": files.flate_bomb_pdf(megabytes=900),
        "deep.json": b'{"a": ' * 100_000,
        "locked.pdf": files.text_pdf("secret", user_password="pw"),
        "many.pdf": files.many_pages_pdf(pages=10_000),
        "bait.txt": b"Ada Byron\n" + b"+49 (" * 20_000 + b"a." * 20_000 + b"@" + b" \t" * 20_000 + b"x\n",
    }.items():
        (cvs / name).write_bytes(data)
    assert run(folder) == 0
    found = result(folder)
    refused = {one["file"]: one["reason"] for one in found["unreadable"]}
    assert {"bomb.docx", "bomb.pdf", "deep.json", "locked.pdf"} <= refused.keys()
    assert all(reason.endswith(".") and "\n" not in reason for reason in refused.values())
    read = [one["file"] for one in found["people"]]
    assert {"frank.txt", "lead.txt", "list.txt"} <= set(read)
    assert sorted([*read, *refused]) == sorted(path.name for path in cvs.iterdir())


def test_archives_tables_and_copies_are_opened(folder):
    cvs = folder / "cvs"
    with zipfile.ZipFile(cvs / "team.zip", "w") as archive:
        archive.writestr("inner/second.txt", LEAD.format(**OTHER))
        archive.writestr("__MACOSX/._second.txt", "resource fork")
        archive.writestr("../../out.txt", "climbs out")
    (cvs / "people.csv").write_text("name,email,skills\nAda Byron,ada@example.org,Python; PyTorch\n")
    (cvs / "copy.txt").write_bytes((cvs / "lead.txt").read_bytes())
    assert run(folder) == 0
    found = result(folder)
    assert sorted(one["file"] for one in found["people"]) == [
        "copy.txt",
        "frank.txt",
        "list.txt",
        "people.csv, line 2.json",
        "team.zip/inner/second.txt",
    ]
    reasons = {one["file"]: one["reason"] for one in found["unreadable"]}
    assert reasons["lead.txt"] == "the same file as copy.txt; read once"
    assert any("out.txt" in name for name in reasons)
    assert not (folder.parent / "out.txt").exists()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("x.exe", b"MZ\x90\0" + bytes(range(256)) * 4, "a program"),
        ("notes.log", b"10:00 started\n10:01 stopped\n", "its ending .log is not that of a document"),
        ("noise.txt", bytes((7 * n * n + 13 * n) % 256 for n in range(4000)), ""),
        ("noise", b"\x00\x01\x02" * 500, ""),
        ("empty.pdf", b"", "empty"),
        ("broken.zip", b"PK\x03\x04 nothing more", ""),
        ("broken.csv", b"\x00\x01\x02", ""),
    ],
)
def test_what_is_no_application_is_named(folder, name, data, reason):
    (folder / "cvs" / name).write_bytes(data)
    assert run(folder) == 0
    found = result(folder)
    assert len(found["people"]) == 3
    assert [one["file"].partition(",")[0] for one in found["unreadable"]] == [name]
    assert reason in found["unreadable"][0]["reason"]


def test_links_out_of_the_folder_and_hidden_files_are_left_alone(folder):
    (folder / "secret.txt").write_text(LEAD.format(**OTHER))
    (folder / "cvs" / "link.txt").symlink_to(folder / "secret.txt")
    (folder / "cvs" / ".hidden.txt").write_text(LEAD.format(**OTHER))
    assert run(folder) == 0
    assert sorted(one["file"] for one in result(folder)["people"]) == ["frank.txt", "lead.txt", "list.txt"]


def test_knowledge_that_the_map_lacks_is_named_and_not_weighed(folder, capsys):
    before = (folder / "ad.txt").read_text(encoding="utf-8")
    assert run(folder) == 0
    plain = result(folder)
    (folder / "ad.txt").write_text(before + "\n\nRequirements\n- Experience with Foobarix 3\n", encoding="utf-8")
    assert run(folder) == 0
    found = result(folder)
    assert found["role"]["not_in_map"] == [*plain["role"]["not_in_map"], "Foobarix 3"]
    assert [one["fit"] for one in found["people"]] == [one["fit"] for one in plain["people"]]
    assert "Foobarix 3" in capsys.readouterr().out


def test_nobody_readable_gives_exit_code_1(folder):
    for path in (folder / "cvs").iterdir():
        path.write_bytes(b"")
    assert run(folder) == 1
    assert "Nobody to show" in (folder / "out" / "shortlist.html").read_text(encoding="utf-8")


def test_template_does_instead_of_an_ad(folder):
    assert run(folder, ad="ml_engineer") == 0
    assert result(folder)["role"]["file"] == "template ml_engineer"


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda folder: (folder / "ad.txt").unlink(), "no template of that name"),
        (lambda folder: [path.unlink() for path in (folder / "cvs").iterdir()], "there are no files"),
        (lambda folder: (folder / "out").write_text("a file"), "cannot be written to"),
        (lambda folder: (folder / "ad.txt").write_text("We bake bread.\nCome and bake.\n"), "Is it a job ad?"),
        (lambda folder: (folder / "ad.txt").write_bytes(b""), "ad.txt"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(folder, capsys, spoil, words):
    spoil(folder)
    assert run(folder) == 2
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1


def test_blind_names_nobody_and_keeps_a_key(folder, capsys):
    assert run(folder, "--blind") == 0
    printed = capsys.readouterr().out
    written = "".join(
        (folder / "out" / f"shortlist.{form}").read_text(encoding="utf-8") for form in ("html", "json", "csv")
    )
    for hidden in ("Emily", "Walsh", "emily@", "Stanford", "lead.txt"):
        assert hidden not in printed
        assert hidden not in written
    key = list(csv.DictReader(io.StringIO((folder / "out" / "shortlist-key.csv").read_text(encoding="utf-8"))))
    assert [row["file"] for row in key] == ["lead.txt", "list.txt", "frank.txt"]


@pytest.mark.parametrize(
    ("failure", "code_and_words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), (2, "No space left on device")),
        (KeyboardInterrupt(), (130, "nothing was written")),
    ],
)
def test_what_stops_the_writing_leaves_the_older_files_whole(folder, capsys, monkeypatch, failure, code_and_words):
    code, words = code_and_words
    torn = ".shortlist.html.part"  # the last: the other drafts are whole by then
    assert run(folder, "--blind") == 0
    before = {path.name: path.read_bytes() for path in (folder / "out").iterdir()}
    write_text = Path.write_text

    def give_up(path, content, **options):
        write_text(path, content[: len(content) // 2] if path.name == torn else content, **options)
        if path.name == torn:
            raise failure

    monkeypatch.setattr(Path, "write_text", give_up)
    capsys.readouterr()
    assert run(folder) == code
    assert words in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in (folder / "out").iterdir()} == before


def test_same_folder_gives_the_same_bytes(folder):
    run(folder)
    first = {path.name: path.read_bytes() for path in (folder / "out").iterdir()}
    run(folder)
    assert {path.name: path.read_bytes() for path in (folder / "out").iterdir()} == first


@pytest.mark.parametrize("value", ["=1+1", "+49", "-2", "@SUM(A1)", "\t=x", " =x"])
def test_csv_cell_is_never_a_formula(value):
    assert safe_cell(value) == f"'{value}"


def test_reader_version_is_the_sites():
    assert READER == SITE_READER


def test_read_prints_a_report_and_json_with_spans(folder, capsys):
    assert main(["read", str(folder / "cvs" / "lead.txt")]) == 0
    assert "Kornfeld" in capsys.readouterr().out
    assert main(["read", "--json", str(folder / "cvs" / "lead.txt")]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["basics"]["name"] == "Emily Walsh"
    text = found["assay"]["text"]
    assert all(one["quote"] == text[one["start"] : one["end"]] for one in found["assay"]["claims"])
    assert main(["read", str(folder / "nowhere.pdf")]) == 1
