"""Lists of a résumé: skills in the document's own groups, certificates and papers by name, and what wraps."""

import pytest

from assay.reading.model import Document, PartialDate, Resume
from assay.reading.resume import read_resume, to_json_resume


def plain(text: str) -> Document:
    return Document(media_type="text/plain", text=text)


def read(section: str) -> Resume:
    return read_resume(document=plain(f"Ada Byron\nada@byron.example\n\n{section}\n"))


def groups(resume: Resume) -> list[tuple[str | None, list[str]]]:
    return [(g.name and g.name.value, [word.value for word in g.keywords]) for g in resume.skills]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("Python, C++, SQL", [(None, ["Python", "C++", "SQL"])]),
        ("Languages & Tools: Go, Rust\nOther: CI/CD", [("Languages & Tools", ["Go", "Rust"]), ("Other", ["CI/CD"])]),
        ("- Python (advanced)\n- SQL ●●●○○\n- R 80%", [(None, ["Python", "SQL", "R"])]),
        ("Python (pandas, numpy), Git", [(None, ["Python (pandas, numpy)", "Git"])]),
        ("Tools\tGit, Docker", [("Tools", ["Git", "Docker"])]),
        ("Python / Scala | Kafka", [(None, ["Python", "Scala", "Kafka"])]),
        ("Python: expert\nSQL: basic", [(None, ["Python", "SQL"])]),
        ("Python\nLanguages: English, German", [(None, ["Python"])]),
    ],
)  # fmt: skip
def test_read_resume_skills_keep_the_groups_of_the_document(lines, expected):
    assert groups(read(f"Skills\n{lines}")) == expected


def test_to_json_resume_skills_carry_their_spans():
    document = plain("Ada Byron\n\nSkills\nTools: Git, Docker\n")
    data = to_json_resume(resume=read_resume(document=document), document=document)
    assert data["skills"] == [{"name": "Tools", "keywords": ["Git", "Docker"]}]
    start, end = data["x-spans"]["/skills/0/keywords/1"]
    assert document.text[start:end] == "Docker"


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ("- CKA, CNCF Foundation, 2021\n- Scrum Master | Scrum.org | 2019", ["CKA", "Scrum Master"]),
        ("TensorFlow Developer Certificate\nGoogle | 2021\nData Engineer\nDatabricks | 2022",
         ["TensorFlow Developer Certificate", "Data Engineer"]),
        ("2022\nScrum Master\nScrum.org\n2020\nITIL\nPeopleCert", ["Scrum Master", "ITIL"]),
        ("2019\tAzure Data Scientist, Microsoft\n2021\tITIL Foundation", ["Azure Data Scientist", "ITIL Foundation"]),
        ("Solutions Architect – Associate (2020)", ["Solutions Architect – Associate"]),
    ],
)  # fmt: skip
def test_read_resume_certificates_are_named_without_issuer_and_date(lines, names):
    assert [item.value for item in read(f"Certifications\n{lines}").certificates] == names


@pytest.mark.parametrize(
    ("lines", "titles"),
    [
        ("- Counting seals from drones. Annals of Fields, 2019.", ["Counting seals from drones"]),
        ("[1] A. Byron and C. Babbage. Notes on engines. Journal of Looms, 1843.", ["Notes on engines"]),
        ("Graphs in practice in Annals of Roads, 2020", ["Graphs in practice"]),
        ("2018\t“Sketches of freight”, Proceedings of Roads", ["Sketches of freight"]),
        ("Ada Byron. When stopping early misleads. arXiv, 2020", ["When stopping early misleads"]),
        ("How annotators drift\nWorkshop on Data, 2018\nQuiet graphs\nWorkshop on Data, 2019",
         ["How annotators drift", "Quiet graphs"]),
    ],
)  # fmt: skip
def test_read_resume_publications_are_named_by_title(lines, titles):
    assert [item.value for item in read(f"Publications\n{lines}").publications] == titles


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ada.byron@mail.exa\nmple", "ada.byron@mail.example"),
        ("ada.byron\n@mail.example", "ada.byron@mail.example"),
        ("ada.byron@\nmail.example", "ada.byron@mail.example"),
        ("ada.byron@mail.com\nberlin", "ada.byron@mail.com"),
        ("London\nada@mail.org", "ada@mail.org"),
    ],
)
def test_read_resume_mail_broken_over_lines_is_whole(text, address):
    resume = read_resume(document=plain(f"Ada Byron\n{text}\n\nSkills\nPython\n"))
    assert [mail.value for mail in resume.emails] == [address]


@pytest.mark.parametrize("name", ["bell amani", "Abd al-Rahman Al-Masri", "Jeanne d'Albret"])
def test_read_resume_name_in_small_letters_is_borne_out_by_the_address(name):
    handle = name.replace(" ", ".").replace("'", "").lower()
    text = f"{name}\n{handle}@post.example\n\nExperience\nAcme Ltd\nEngineer\n2019 - 2021\n"
    assert read_resume(document=plain(text)).name.value == name


def test_read_resume_label_inside_an_entry_is_no_employer():
    lines = (
        "Lumora\nEngineer\n2019 - 2021\nHighlights\n- Built search\n\nKestrel\nAnalyst\n2017 - 2019\nTasks:\n- Cut cost"
    )
    found = [(row.employer.value, row.title.value) for row in read(f"Experience\n{lines}").employments]
    assert found == [("Lumora", "Engineer"), ("Kestrel", "Analyst")]


def test_read_resume_dates_on_two_lines_make_one_period():
    (row,) = read("Education\n2015\n2017\nHollis University\nMEng").education
    assert (row.period.since, row.period.until) == (PartialDate(year=2015), PartialDate(year=2017))


def test_read_resume_employer_written_like_an_address_is_no_link():
    resume = read("https://byron.example/ada\n\nExperience\nEngineer at inkwell.io\n2019 - 2021")
    assert [link.value for link in resume.links] == ["https://byron.example/ada"]


def test_read_resume_phrase_broken_at_a_small_word_is_one_institution():
    (row,) = read("Education\nThornbury College of\nTechnology\nBSc in Physics\n2015 - 2017").education
    assert row.institution.value == "Thornbury College of Technology"


def test_read_resume_legal_form_behind_a_comma_belongs_to_the_employer():
    (row,) = read("Experience\nAnalyst, Maple Grid, Inc.\n2019 - 2021").employments
    assert (row.title.value, row.employer.value) == ("Analyst", "Maple Grid, Inc.")


def test_read_resume_languages_of_the_contact_line_are_read():
    resume = read_resume(document=plain("Ada Byron\nLondon\tada@byron.example\tEnglish, French\n\nSkills\nGo\n"))
    assert [item.value for item in resume.languages] == ["English", "French"]
