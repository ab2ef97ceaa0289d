import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.reading.errors import UnreadableCode, UnreadableError
from assay.reading.limits import read_application_file
from assay.reading.model import PartialDate
from assay.reading.resume import from_json_resume, to_json_resume

JSON_RESUME = {
    "basics": {
        "name": "Ada Byron",
        "label": "Programmer",
        "email": "ada@byron.example",
        "phone": "(912) 555-4321",
        "url": "https://ada.example",
        "location": {"city": "London", "countryCode": "GB"},
        "profiles": [{"network": "GitHub", "username": "ada", "url": "https://github.com/ada"}],
    },
    "work": [
        {
            "name": "Lumora",
            "position": "Engineer",
            "startDate": "2019-03-01",
            "endDate": "2021-02",
            "highlights": ["Built *it*"],
        },
        {"company": "Kestrel", "position": "Lead", "startDate": "2021-03"},
    ],
    "education": [
        {
            "institution": "Ashcombe University",
            "area": "Physics",
            "studyType": "BS",
            "startDate": "2014",
            "endDate": "2018",
        }
    ],
    "languages": [{"language": "English", "fluency": "native"}],
}
FRESH = {
    "name": "Johnny Trouble",
    "meta": {"format": "FRESH@0.6.0"},
    "contact": {"email": "johnny@trouble.example"},
    "employment": {
        "history": [{"employer": "AB&C", "position": "Director, **Security**", "start": "2012-01", "current": True}]
    },
    "education": {"degree": "BSCS", "history": [{"institution": "No College", "start": "2004-09", "end": "2009-06"}]},
}


def read(value):
    return from_json_resume(data=json.dumps(value).encode())


def test_from_json_resume_yields_fields_and_periods():
    document, resume = read(JSON_RESUME)
    assert resume.name.value == "Ada Byron"
    assert [(e.employer.value, e.title.value) for e in resume.employments] == [
        ("Lumora", "Engineer"),
        ("Kestrel", "Lead"),
    ]
    first, second = (e.period for e in resume.employments)
    assert (first.since, first.until, first.is_current) == (
        PartialDate(year=2019, month=3),
        PartialDate(year=2021, month=2),
        False,
    )
    assert (second.since, second.until, second.is_current) == (PartialDate(year=2021, month=3), None, True)
    assert [(e.institution.value, e.degree.value, e.area.value) for e in resume.education] == [
        ("Ashcombe University", "BS", "Physics")
    ]
    assert "• Built it\n" in document.text


def test_from_json_resume_fresh_form_is_read_too():
    _, resume = read(FRESH)
    assert [(e.employer.value, e.title.value, e.period.is_current) for e in resume.employments] == [
        ("AB&C", "Director, Security", True)
    ]
    assert [(e.institution.value, e.degree.value) for e in resume.education] == [("No College", "BSCS")]


def test_to_json_resume_of_an_import_gives_it_back():
    document, resume = read(JSON_RESUME)
    again = to_json_resume(resume=resume, document=document)
    assert again["basics"]["name"] == "Ada Byron"
    assert [(w["name"], w["position"], w["startDate"], w.get("endDate")) for w in again["work"]] == [
        ("Lumora", "Engineer", "2019-03", "2021-02"),
        ("Kestrel", "Lead", "2021-03", None),
    ]
    assert again["education"] == [
        {
            "institution": "Ashcombe University",
            "area": "Physics",
            "studyType": "BS",
            "startDate": "2014",
            "endDate": "2018",
        }
    ]
    assert again["basics"]["profiles"] == [{"network": "GitHub", "username": "ada", "url": "https://github.com/ada"}]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"basics": {"name": "x"},\n"work": [}', UnreadableCode.BROKEN),
        (b"\xff\xfe\x00", UnreadableCode.BROKEN),
        (b"[" * 100_000, UnreadableCode.BROKEN),
        (b'{"a": 1}', UnreadableCode.NOT_A_DOCUMENT),
        (b"[]", UnreadableCode.NOT_A_DOCUMENT),
        (b'{"basics": {"name": ""}}', UnreadableCode.EMPTY),
        (b" " * 2_000_001, UnreadableCode.TOO_LARGE),
    ],
)
def test_from_json_resume_bad_file_is_refused_with_its_reason(data, code):
    with pytest.raises(UnreadableError) as refused:
        from_json_resume(data=data)
    assert refused.value.code == code


def test_from_json_resume_damage_names_its_line():
    with pytest.raises(UnreadableError, match="line 2"):
        from_json_resume(data=b'{"basics": {"name": "x"},\n"work": [}')


SAMPLE = {
    "basics": JSON_RESUME["basics"] | {"summary": "Computes."},
    "work": [
        {
            "name": "Lumora", "position": "Engineer", "location": "Leeds", "url": "https://lumora.example",
            "startDate": "2019-03", "endDate": "2021-02", "summary": "Looms.", "highlights": ["Cut waste"],
        }
    ],
    "volunteer": [{"organization": "Code Club", "position": "Teacher", "url": "https://club.example"}],
    "education": [
        {"institution": "Ashcombe", "area": "Physics", "studyType": "BSc", "endDate": "2018", "courses": ["Optics"]}
    ],
    "awards": [{"title": "Medal", "awarder": "Guild", "summary": "For looms."}],
    "certificates": [{"name": "CKA", "issuer": "CNCF", "url": "https://cka.example"}],
    "publications": [{"name": "On Looms", "publisher": "Annals", "url": "https://looms.example"}],
    "skills": [{"name": "Databases", "level": "Master", "keywords": ["PostgreSQL", "Redis"]}],
    "languages": [{"language": "English", "fluency": "native"}],
    "interests": [{"name": "Weaving", "keywords": ["Wool"]}],
    "projects": [
        {
            "name": "Engine", "description": "Adds.", "highlights": ["Turns"], "keywords": ["Brass"],
            "roles": ["Lead"], "entity": "Royal Society", "url": "https://engine.example",
        }
    ],
}  # fmt: skip
UNSHOWN = {"network", "username", "countryCode"}
"""What an address or a country's name says already; postal addresses and referees are left out on purpose."""


def words_in(value):
    if isinstance(value, dict):
        return [word for key, one in value.items() if key not in UNSHOWN for word in words_in(one)]
    return [word for one in value for word in words_in(one)] if isinstance(value, list) else [value]


def test_every_field_of_a_full_sample_arrives_unchanged_through_the_child():
    reading = read_application_file(data=json.dumps(SAMPLE).encode(), file_name="ada.json")
    text, resume = reading.document.text, reading.resume
    assert [word for word in words_in(SAMPLE) if word not in text] == []
    basics, work, school, project = SAMPLE["basics"], SAMPLE["work"][0], SAMPLE["education"][0], SAMPLE["projects"][0]
    told = [
        (resume.name, basics["name"]), (resume.headline, basics["label"]), (resume.emails[0], basics["email"]),
        (resume.phones[0], basics["phone"]), (resume.links[0], basics["url"]),
        (resume.links[1], basics["profiles"][0]["url"]),
        (resume.employments[0].employer, work["name"]), (resume.employments[0].title, work["position"]),
        (resume.employments[0].place, work["location"]), (resume.education[0].institution, school["institution"]),
        (resume.education[0].area, school["area"]), (resume.education[0].degree, school["studyType"]),
        (resume.projects[0].name, project["name"]), (resume.certificates[0], "CKA"),
        (resume.publications[0], "On Looms"), (resume.languages[0], "English"),
    ]  # fmt: skip
    assert [(found.value, text[found.start : found.end]) for found, _ in told] == [(said, said) for _, said in told]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"[" * 100_000 + b"]" * 100_000, "damaged"),
        (b'{"name": "A", "work": ' + b'[{"name": ' * 50_000 + b"1" + b"}]" * 50_000 + b"}", "damaged"),
        (b'{"basics": {"name": "Ada", "phone": ' + b"9" * 10_000 + b"}}", "damaged"),
        (b'[{"basics": {"name": "Ada"}}]', "no résumé"),
        (b'{"basics": {"name": NaN}}', "no fields"),
        (b'{"basics": {"name": 1e999, "email": ["a"]}, "work": "x", "education": {"a": 3}}', "no fields"),
    ],
)
def test_hostile_json_is_refused_by_name_through_the_child(data, words):
    with pytest.raises(UnreadableError, match=words):
        read_application_file(data=data, file_name="ada.json")


def test_half_of_a_surrogate_pair_is_shown_as_no_character():
    reading = read_application_file(data=b'{"basics": {"name": "Ada \\ud800 Byron"}}', file_name="ada.json")
    assert reading.resume.name.value == "Ada \ufffd Byron"


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 2030)
    | st.text(max_size=12)
    | st.sampled_from(["2019-03", "x**y**", "<b>z</b>"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "position", "startDate", "history", "institution", "location", "url"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(
    st.fixed_dictionaries(
        {"name": st.text(min_size=1, max_size=9)},
        optional={"work": _JSON, "basics": _JSON, "education": _JSON, "employment": _JSON},
    )
)
def test_from_json_resume_any_shape_keeps_spans_true(value):
    try:
        document, resume = read(value)
    except UnreadableError:
        return  # an empty or damaged file: tested above
    fields = [
        resume.name,
        *resume.links,
        *(e.employer for e in resume.employments),
        *(e.institution for e in resume.education),
    ]
    for item in fields:
        assert item is None or document.text[item.start : item.end] == item.value


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
def test_json_in_any_unicode_encoding_is_read_as_json(encoding):
    data = json.dumps(SAMPLE, ensure_ascii=False).encode(encoding)
    reading = read_application_file(data=data, file_name="ada.json")
    assert reading.resume.employments[0].employer.value == "Lumora"


def test_skills_of_a_json_file_come_out_as_they_went_in():
    source = {
        "basics": {"name": "Ada Byron"},
        "skills": [{"name": "Data", "keywords": ["SQL", "Redis"]}, {"name": "Go"}],
    }
    imported = from_json_resume(data=json.dumps(source).encode())
    assert to_json_resume(resume=imported.resume, document=imported.document)["skills"] == source["skills"]


def test_fields_that_only_fresh_knows_are_kept_as_text():
    source = {
        "name": "Ada Byron",
        "affiliation": {"history": [{"organization": "Loom Guild", "role": "Fellow", "start": "2019-02"}]},
        "speaking": [{"event": "EngineConf", "role": "Keynote", "summary": "On cards."}],
        "samples": [{"title": "Card reader", "url": "https://cards.example"}],
        "education": {"history": [{"institution": "Ashcombe", "title": "BSc", "gpa": "3.9"}]},
    }
    text = from_json_resume(data=json.dumps(source).encode()).document.text
    said = ["Loom Guild", "Fellow", "EngineConf", "Keynote", "On cards.", "Card reader", "https://cards.example", "3.9"]
    assert [word for word in said if word not in text] == []
