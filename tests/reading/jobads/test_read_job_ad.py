import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.reading.jobads import pay, read_job_ad
from assay.reading.model import Hidden, HiddenReason, RequirementKind, Strength
from tests.reading.jobads import sample_ads as ads

REQUIRED, PREFERRED, NICE = Strength.REQUIRED, Strength.PREFERRED, Strength.NICE_TO_HAVE


def read(text: str):
    return read_job_ad(document=ads.document(text), vocabulary=ads.VOCABULARY)


def competencies(text: str):
    return [(r.term, r.strength, r.level) for r in read(text).requirements if r.kind is RequirementKind.COMPETENCY]


def conditions(text: str, kind: RequirementKind):
    return [(r.value, r.strength) for r in read(text).requirements if r.kind is kind]


def in_profile(line: str) -> str:
    return f"ML Engineer\n\nRequirements\n- {line}\n"


def test_read_job_ad_english_requirements():
    assert competencies(ads.ENGLISH) == [
        ("deep learning", PREFERRED, None),
        ("Python", REQUIRED, None),
        ("machine learning", REQUIRED, 4),
        ("statistics", REQUIRED, 4),
        ("PyTorch", REQUIRED, None),
        ("TensorFlow", REQUIRED, None),
        ("JAX", REQUIRED, None),
        ("Docker", REQUIRED, 2),
        ("Kubernetes", NICE, None),
        ("NLP", NICE, None),
        ("SQL", REQUIRED, None),
    ]


def test_read_job_ad_english_facts():
    ad = read(ads.ENGLISH)
    assert (ad.title.value, ad.employer.value, ad.remote.value, ad.language) == (
        "Senior Machine Learning Engineer",
        "Lumen Robotics",
        "hybrid",
        "en",
    )
    assert [place.value for place in ad.places] == ["Berlin, Germany"]
    assert (ad.pay.low, ad.pay.high, ad.pay.currency, ad.pay.period) == (70_000, 95_000, "EUR", "year")
    assert [outcome.value for outcome in ad.outcomes] == [
        "Own the ranking model from data to production within six months",
        "Train deep learning models with PyTorch",
        "Cut the cost of inference by half",
    ]


def test_read_job_ad_english_conditions():
    assert conditions(ads.ENGLISH, RequirementKind.DEGREE) == [("master", REQUIRED)]
    assert conditions(ads.ENGLISH, RequirementKind.LANGUAGE) == [("en C1", REQUIRED), ("de B2", NICE)]
    assert conditions(ads.ENGLISH, RequirementKind.WORK_PERMIT) == [("Valid work permit", REQUIRED)]
    assert conditions(ads.ENGLISH, RequirementKind.PORTFOLIO) == [("link to your GitHub", REQUIRED)]


def test_read_job_ad_years_stay_the_ads_words_and_tie_to_the_term():
    (years,) = [r for r in read(ads.ENGLISH).requirements if r.kind is RequirementKind.YEARS]
    assert (years.years, years.value, years.term) == (5.0, "5+ years", "Python")


def test_read_job_ad_german():
    ad = read(ads.GERMAN)
    assert (ad.title.value, ad.employer.value, ad.language) == (
        "Machine Learning Engineer",
        "Nordlicht Analytics GmbH",
        "de",
    )
    assert [place.value for place in ad.places] == ["Hamburg"]
    assert (ad.pay.low, ad.pay.high, ad.pay.currency, ad.pay.period) == (60_000, 75_000, "EUR", "year")
    assert competencies(ads.GERMAN) == [
        ("Python", REQUIRED, None),
        ("statistics", REQUIRED, 4),
        ("Docker", PREFERRED, None),
        ("Kubernetes", NICE, None),
    ]
    assert conditions(ads.GERMAN, RequirementKind.LANGUAGE) == [("de C1", REQUIRED), ("en C1", REQUIRED)]


def test_read_job_ad_french():
    ad = read(ads.FRENCH)
    assert (ad.title.value, ad.employer.value, ad.language) == ("Ingénieure Machine Learning", "Voltaire Santé", "fr")
    assert (ad.pay.low, ad.pay.high, ad.pay.currency, ad.remote.value) == (45_000, 55_000, "EUR", "remote")
    assert competencies(ads.FRENCH) == [
        ("deep learning", PREFERRED, None),
        ("Python", REQUIRED, 4),
        ("statistics", REQUIRED, 3),
        ("Docker", NICE, None),
    ]


def test_read_job_ad_spanish():
    ad = read(ads.SPANISH)
    assert (ad.title.value, ad.employer.value, ad.language) == ("Ingeniera de Machine Learning", "Olivo Datos", "es")
    assert [place.value for place in ad.places] == ["Madrid"]
    assert competencies(ads.SPANISH) == [
        ("deep learning", PREFERRED, None),
        ("Python", REQUIRED, None),
        ("statistics", REQUIRED, 2),
        ("Docker", NICE, None),
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Python is a must", [("Python", REQUIRED, None)]),
        ("Python is a plus", [("Python", NICE, None)]),
        ("Python; Java welcome", [("Python", REQUIRED, None), ("Java", NICE, None)]),
        ("Ideally you know Python", [("Python", PREFERRED, None)]),
        ("Python preferred", [("Python", PREFERRED, None)]),
        ("Preferred: Python", [("Python", PREFERRED, None)]),
        ("You know Python, and ideally Kubernetes", [("Python", REQUIRED, None), ("Kubernetes", PREFERRED, None)]),
        ("Python required, Kubernetes a plus", [("Python", REQUIRED, None), ("Kubernetes", NICE, None)]),
        ("Expert Python and basic SQL", [("Python", REQUIRED, 5), ("SQL", REQUIRED, 2)]),
        ("Solid Python, SQL and Docker", [("Python", REQUIRED, 3), ("SQL", REQUIRED, 3), ("Docker", REQUIRED, 3)]),
        ("Python (expert)", [("Python", REQUIRED, 5)]),
        ("Deep learning in production", [("deep learning", REQUIRED, None)]),
        ("No Java required", []),
        ("Java is not required", []),
        ("Master's degree in statistics", []),
        ("Degree in physics and experience in statistics", [("statistics", REQUIRED, None)]),
        ("You don't need to know Java", []),
        ("Python von Vorteil", [("Python", NICE, None)]),
        ("Python ist zwingend erforderlich", [("Python", REQUIRED, None)]),
        ("Python serait un plus", [("Python", NICE, None)]),
        ("Plus de 3 ans de Python", [("Python", REQUIRED, None)]),
        ("Python es imprescindible", [("Python", REQUIRED, None)]),
    ],
)
def test_read_job_ad_strength_and_level_of_a_line(line, expected):
    assert competencies(in_profile(line)) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Python or R", {"Python": ("R",), "R": ("Python",)}),
        ("Python/Java", {"Python": ("Java",), "Java": ("Python",)}),
        ("Python and SQL", {"Python": (), "SQL": ()}),
        ("a framework such as PyTorch, TensorFlow", {"PyTorch": ("TensorFlow",), "TensorFlow": ("PyTorch",)}),
        ("Python, SQL", {"Python": (), "SQL": ()}),
        ("Tools: Python, SQL, PyTorch or JAX", {"Python": (), "SQL": (), "PyTorch": ("JAX",), "JAX": ("PyTorch",)}),
        ("PyTorch or JAX, and Docker", {"PyTorch": ("JAX",), "JAX": ("PyTorch",), "Docker": ()}),
        ("Docker oder Kubernetes", {"Docker": ("Kubernetes",), "Kubernetes": ("Docker",)}),
    ],
)
def test_read_job_ad_keeps_alternatives(line, expected):
    assert {r.term: r.alternatives for r in read(in_profile(line)).requirements} == expected


@pytest.mark.parametrize(
    "text",
    [
        "About us\nWe build with Python and AWS.",
        "Benefits\n- AWS certifications\n- PhD friendly",
        "Equal opportunity\nWe communicate in every language.",
        "Requirements\n- No PhD needed",
        "Requirements\n- A PhD is not required",
        "Our company has 50 years of experience in machine learning.",
        "Requirements\n- Scrum master of your own time",
    ],
)
def test_read_job_ad_boilerplate_asks_for_nothing(text):
    assert read(text).requirements == ()


def test_read_job_ad_prose_without_headings():
    text = (
        "Acme is looking for a Data Scientist with strong Python and statistics. "
        "Acme sells Kubernetes hosting. You will work with SQL. TensorFlow is a plus."
    )
    assert competencies(text) == [
        ("Python", REQUIRED, 4),
        ("statistics", REQUIRED, 4),
        ("SQL", PREFERRED, None),
        ("TensorFlow", NICE, None),
    ]
    assert (read(text).title.value, read(text).employer.value) == ("Data Scientist", "Acme")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("PhD in physics", [("phd", REQUIRED)]),
        ("Bachelor's or Master's degree", [("bachelor", REQUIRED)]),
        ("PhD preferred", [("phd", PREFERRED)]),
        ("Abgeschlossenes Studium der Informatik", [("degree", REQUIRED)]),
        ("Master data management", []),
        ("MS Office", []),
    ],
)
def test_read_job_ad_degrees(line, expected):
    assert conditions(in_profile(line), RequirementKind.DEGREE) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Native German", [("de native", REQUIRED)]),
        ("English (C1)", [("en C1", REQUIRED)]),
        ("Knowledge of the German market", []),
        ("French is a plus", [("fr", NICE)]),
        ("Verhandlungssichere Englischkenntnisse", [("en C1", REQUIRED)]),
    ],
)
def test_read_job_ad_languages(line, expected):
    assert conditions(in_profile(line), RequirementKind.LANGUAGE) == expected


@pytest.mark.parametrize(
    ("line", "years"),
    [
        ("3-5 years of experience", [3.0]),
        ("At least three years working with SQL", [3.0]),
        ("2 Jahre Erfahrung", [2.0]),
        ("4 ans d'expérience", [4.0]),
        ("A 4-year degree", []),
        ("You are at least 18 years old", []),
        ("Over the last 5 years", []),
    ],
)
def test_read_job_ad_years(line, years):
    assert [r.years for r in read(in_profile(line)).requirements if r.kind is RequirementKind.YEARS] == years


def test_read_job_ad_place_and_permit():
    text = in_profile("You must be based in Berlin") + "\nWe cannot sponsor visas.\nWe help with relocation.\n"
    assert conditions(text, RequirementKind.PLACE) == [("must be based in Berlin", REQUIRED)]
    assert conditions(text, RequirementKind.WORK_PERMIT) == [("cannot sponsor visas", REQUIRED)]


def test_read_job_ad_visa_offer_is_no_demand():
    assert conditions("Requirements\n- We offer visa sponsorship", RequirementKind.WORK_PERMIT) == []


def test_read_job_ad_bullet_label_does_not_open_a_part():
    assert competencies("Requirements\n- Nice to have: Docker\n- SQL\n") == [
        ("Docker", NICE, None),
        ("SQL", REQUIRED, None),
    ]


def test_read_job_ad_leaves_out_instructions_to_machines():
    text = in_profile("Python") + "- Kubernetes"
    hidden = Hidden(text="Kubernetes", reason=HiddenReason.INSTRUCTION, start=len(text) - 10, end=len(text))
    document = ads.Document(media_type="text/plain", text=text, hidden=(hidden,))
    ad = read_job_ad(document=document, vocabulary=ads.VOCABULARY)
    assert [r.term for r in ad.requirements] == ["Python"]


@pytest.mark.parametrize(
    ("text", "title", "employer", "places"),
    [
        (
            "ML Engineer\nNorthwind Labs | London, UK | £80,000 - £105,000 | Hybrid (2 days a week in the office)",
            "ML Engineer",
            "Northwind Labs",
            ["London, UK"],
        ),
        (
            "Wir suchen ab sofort eine/n Data Scientist (m/w/d) in München.\nDie Kranich Versicherung AG wächst.",
            "Data Scientist",
            "Kranich Versicherung AG",
            ["München"],
        ),
        ("Platform Engineer\nWe're Northwind, a startup.", "Platform Engineer", "Northwind", []),
        ("Data Engineer\nPython is a must.", "Data Engineer", None, []),
        (
            "Job title: Research Engineer\nCompany: Acme\nLocation: Paris or Lyon",
            "Research Engineer",
            "Acme",
            ["Paris", "Lyon"],
        ),
    ],
)
def test_read_job_ad_head(text, title, employer, places):
    ad = read(text)
    assert (ad.title.value, ad.employer.value if ad.employer else None) == (title, employer)
    assert [place.value for place in ad.places] == places


@pytest.mark.parametrize(
    "heading", ["You should have", "What you bring", "You'll need", "Who you are", "## Must-haves"]
)
def test_read_job_ad_headings_that_demand(heading):
    assert competencies(f"ML Engineer\n\n{heading}\n\n- Python\n- SQL\n") == [
        ("Python", REQUIRED, None),
        ("SQL", REQUIRED, None),
    ]


def test_read_job_ad_empty_text():
    ad = read("")
    assert (ad.title, ad.employer, ad.places, ad.pay, ad.requirements) == (None, None, (), None, ())


LINES = st.lists(
    st.sampled_from(
        [
            "Requirements",
            "Nice to have:",
            "- Python or R",
            "- 5+ years of SQL",
            "PhD preferred",
            "Fluent German",
            "You will own Docker",
            "€50k-60k",
            "Location: Paris",
            "About us",
            "no Java needed",
            "",
        ]
    )
    | st.text(max_size=12),
    max_size=14,
).map("\n".join)


@settings(deadline=None)
@given(LINES)
def test_read_job_ad_every_requirement_lies_in_its_quote(text):
    ad = read(text)
    assert ad == read(text)
    for r in ad.requirements:
        assert 0 <= r.quote_start <= r.start < r.end <= r.quote_end <= len(text)
    named = [ad.title, ad.employer, ad.remote, *ad.places]
    assert all(text[f.start : f.end] for f in named if f is not None)
    assert all(text[f.start : f.end].split() == f.value.split() for f in ad.outcomes)


def test_read_pay_looks_at_a_bounded_count_of_sums(monkeypatch):
    looked_at = []
    monkeypatch.setattr(pay, "_is_pay", lambda *args: looked_at.append(max(map(len, map(str, args)))) or False)
    assert pay.read_pay(text="\u20ac1 - " * 10_000) is None
    assert len(looked_at) == pay._AMOUNTS_MAX
    assert max(looked_at) < 1000
