"""The published schema of shortlist.json, against what the command writes."""

import copy
import io
import json
import tempfile
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assay.cli.main import main
from tests.cli.schema_check import faults

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "use" / "shortlist.schema.json").read_text(encoding="utf-8"))
AD = "ML engineer\n\nRequirements\n- Strong Python in Berlin\n- PyTorch\n- German\n- EU work permit\n- Foobarix 3\n"
NAMED = (
    "Ada Byron\nada@example.org\n\nExperience\nEngineer, Lumora, 2019 - present\n- Built PyTorch models in Python.\n"
)
NAMELESS = "skills\n\npython, docker\n"


@pytest.fixture
def written(tmp_path):
    """Run the command on the files given and yield what it wrote."""

    def write(files, *more):
        cvs = tmp_path / "cvs"
        cvs.mkdir()
        (tmp_path / "ad.txt").write_text(AD, encoding="utf-8")
        for name, data in files.items():
            (cvs / name).write_bytes(data)
        main(["shortlist", str(tmp_path / "ad.txt"), str(cvs), "--out", str(tmp_path / "out"), *more])
        return json.loads((tmp_path / "out" / "shortlist.json").read_text(encoding="utf-8"))

    return write


@pytest.mark.parametrize("more", [(), ("--blind",)])
@pytest.mark.parametrize(
    "files",
    [
        {"ada.txt": NAMED.encode(), "nameless.txt": NAMELESS.encode(), "torn.pdf": b"%PDF-1.7\n1 0 obj\n<<"},
        {"empty.txt": b""},
    ],
)
def test_shortlist_json_is_as_its_schema_says(written, files, more):
    assert list(faults(written(files, *more), SCHEMA)) == []


def test_person_without_a_readable_name_is_listed_with_the_file(written):
    people = written({"ada.txt": NAMED.encode(), "nameless.txt": NAMELESS.encode()})["people"]
    assert {one["file"]: one["name"] for one in people} == {"ada.txt": "Ada Byron", "nameless.txt": "Name not read"}


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda sheet: sheet.pop("role"), "$: required"),
        (lambda sheet: sheet.update(more=1), "$: unknown more"),
        (lambda sheet: sheet["people"][0]["fit"].update(mean="0.1"), "$.people[0].fit.mean: type"),
        (lambda sheet: sheet["people"][0]["fit"]["interval80"].pop(), "$.people[0].fit.interval80: minItems"),
        (lambda sheet: sheet["people"][0].update(place=0), "$.people[0].place: minimum"),
        (lambda sheet: sheet.update(blind=1), "$.blind: type"),
    ],
)
def test_schema_refuses_what_is_spoilt(written, spoil, fault):
    sheet = copy.deepcopy(written({"ada.txt": NAMED.encode()}))
    spoil(sheet)
    assert list(faults(sheet, SCHEMA)) == [fault]


def entries(*names, **more):
    shapes = {name: {"type": "string", "minLength": 1} for name in names} | more
    return {"type": "array", "items": {"type": "object", "additionalProperties": False, "properties": shapes}}


TEXTS = {"type": "array", "items": {"type": "string"}}
JSON_RESUME = {
    "type": "object",
    "required": ["basics", "assay"],
    "properties": {
        "basics": {
            "type": "object",
            "additionalProperties": False,
            "properties": {name: {"type": "string"} for name in ("name", "label", "email", "phone", "url", "summary")}
            | {
                "location": {"type": "object"},
                "profiles": entries("network", "username", "url"),
            },
        },
        "work": entries(
            "name", "position", "location", "startDate", "endDate", "summary", "url", "description", highlights=TEXTS
        ),
        "education": entries("institution", "area", "studyType", "startDate", "endDate", "score", "url", courses=TEXTS),
        "projects": entries("name", "description", "startDate", "endDate", "url", "entity", "type", highlights=TEXTS),
        "certificates": entries("name", "date", "issuer", "url"),
        "publications": entries("name", "publisher", "releaseDate", "url", "summary"),
        "languages": entries("language", "fluency"),
    },
}
"""The names and types that JSON Resume gives to the fields that the reader fills."""
FULL = """Ada Byron
Engineer
ada@example.org
+44 20 7946 0958
https://github.com/adabyron

Experience
Engineer, Lumora Ltd, Leeds
03/2019 - present
- Built PyTorch models.

Education
BSc Physics, Ashcombe University, 2014 - 2018

Projects
Loom, 2020

Certificates
Certified Kubernetes Administrator

Publications
Byron, A. (2019). On looms. Annals of Weaving.

Languages
English (native), German (B2)
"""


def test_read_json_is_a_json_resume(tmp_path, capsys):
    (tmp_path / "ada.txt").write_text(FULL, encoding="utf-8")
    assert main(["read", "--json", str(tmp_path / "ada.txt")]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(faults(found, JSON_RESUME)) == []
    assert JSON_RESUME["properties"].keys() <= found.keys()


def test_read_wraps_words_beside_their_label(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    (tmp_path / "ada.txt").write_text(FULL, encoding="utf-8")
    assert main(["read", str(tmp_path / "ada.txt")]) == 0
    lines = capsys.readouterr().out.splitlines()
    first = next(place for place, line in enumerate(lines) if line.startswith("Claims"))
    claims = [line for line in lines[first:] if line.strip() and not line.startswith("States")]
    assert len(claims) > 1
    assert [line[:13].strip() for line in claims] == ["Claims"] + [""] * (len(claims) - 1)
    assert max(map(len, lines)) <= 60


_WORDS = st.sampled_from(
    [
        "Python",
        "PyTorch",
        "no PyTorch",
        "Docker",
        "“Köln” – naïve",
        "\u200bPython",
        "ﬁne-tuned models",
        "👩‍💻 Python",
        "C++",
    ]
)
_LINES = st.lists(st.lists(_WORDS, min_size=1, max_size=4).map(" and ".join), min_size=1, max_size=6)


PLAIN = ["Built services with Python and PyTorch"]


@settings(max_examples=12, deadline=None)
@example(lines=PLAIN, ending="txt")
@example(lines=["Python", *["Python and Python and Python and Python"] * 3], ending="txt")
@given(lines=_LINES, ending=st.sampled_from(["txt", "md", "html"]))
def test_each_quote_stands_where_assay_read_shows_the_text(lines, ending):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "cvs").mkdir()
        (folder / "ad.txt").write_text(AD, encoding="utf-8")
        mark = "<p>{}</p>" if ending == "html" else "- {}"
        file = folder / "cvs" / f"ada.{ending}"
        file.write_text(NAMED + "\n".join(mark.format(line) for line in lines), encoding="utf-8")
        with redirect_stdout(io.StringIO()):
            assert main(["shortlist", str(folder / "ad.txt"), str(folder / "cvs"), "--out", str(folder / "out")]) == 0
        with redirect_stdout(io.StringIO()) as said:
            assert main(["read", "--json", str(file)]) == 0
        text = json.loads(said.getvalue())["assay"]["text"]
        (person,) = json.loads((folder / "out" / "shortlist.json").read_text(encoding="utf-8"))["people"]
    quotes = [*person["reasons"], *person["must_have_words"]]
    # A text that says one word over and over is stuffing, and gives no reasons: only the plain example must have some.
    assert quotes or lines != PLAIN
    assert [one["quote"] for one in quotes] == [text[one["start"] : one["end"]] for one in quotes]
