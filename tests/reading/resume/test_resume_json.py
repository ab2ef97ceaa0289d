import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.reading.errors import UnreadableCode, UnreadableError
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
