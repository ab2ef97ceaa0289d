import pytest

from assay.evidence.stated import Stated, Words, stated_in
from assay.matching.constraints import check_constraints
from assay.matching.model import MustHaveState
from assay.matching.role import role_model
from assay.reading.model import Document, Found, Hidden, HiddenReason, Resume
from assay.roles.profile import Constraints, Place, RoleProfile


def stated(text, **resume):
    return stated_in(document=Document(media_type="text/plain", text=text), resume=Resume(**resume))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("I am authorized to work in the EU.", "EU"),
        ("Eligible to work in Germany", "Germany"),
        ("Right to work in the United Kingdom", "United Kingdom"),
        ("Work permit for Switzerland", "Switzerland"),
        ("unbefristete Arbeitserlaubnis für Deutschland", "germany"),
    ],
)
def test_permit_is_read_from_explicit_words(text, value):
    (words,) = stated(text).work_permits
    assert words.value == value
    assert text[words.start : words.end] == words.quote


@pytest.mark.parametrize(
    "text",
    [
        "12 Main Street, Berlin, Germany",
        "Not authorized to work in the EU",
        "no right to work in Germany",
        "Nationality: German",
        "Worked in the EU for years",
        "I worked in Paris.",
    ],
)
def test_address_and_nationality_state_nothing(text):
    assert stated(text) == Stated()


@pytest.mark.parametrize(
    "text", ["I do not require sponsorship", "I don't need visa sponsorship", "No sponsorship needed"]
)
def test_sponsorship_denied_is_not_a_need(text):
    assert stated(text).needs_sponsorship is None


def test_sponsorship_needed_is_read():
    assert stated("Note: requires visa sponsorship").needs_sponsorship.quote == "requires visa sponsorship"


@pytest.mark.parametrize(
    ("text", "value"),
    [("Available from 1 March 2027", "2027-03-01"), ("Start date: 2027-01-15", "2027-01-15")],
)
def test_availability_is_read_as_a_day(text, value):
    assert stated(text).available_from.value == value


def test_availability_on_no_day_states_nothing():
    assert stated("Available from 2027-13-45").available_from is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("Salary expectation: €85,000", "85000 EUR year"), ("salary expectations of 90k USD", "90000 USD year")],
)
def test_pay_is_read_with_its_currency(text, value):
    assert stated(text).pay.value == value


def test_languages_come_with_their_level():
    text = "German (B2), English - native"
    found = stated(
        text, languages=(Found(value="German (B2)", start=0, end=11), Found(value="English", start=13, end=29))
    )
    assert [one.value for one in found.languages] == ["de:B2", "en:C2"]


def test_words_that_do_not_count_state_nothing():
    text = "authorized to work in the EU"
    hidden = Hidden(text=text, reason=HiddenReason.STUFFING, start=0, end=len(text))
    document = Document(media_type="text/plain", text=text, hidden=(hidden,))
    assert stated_in(document=document) == Stated()


@pytest.fixture
def states(profile, competencies, parameters, rules):
    def check(constraints, stated_facts):
        role = role_model(
            profile=RoleProfile(title="x", demands=profile.demands, constraints=constraints),
            competencies=competencies,
            parameters=parameters,
            rules=rules,
        )
        return [one.state for one in check_constraints(role=role, stated=stated_facts)]

    return check


ALL = Constraints(work_permit="EU", places=(Place(name="Berlin"),), languages=("de",), start_by="2027-02-01")


def test_silence_is_never_a_rejection(states):
    assert states(ALL, Stated()) == [MustHaveState.UNKNOWN] * 4


def test_stated_facts_meet_or_exclude(states):
    yes = Stated(
        work_permits=(Words(value="Germany"),),
        places=(Words(value="Berlin"),),
        languages=(Words(value="de:C1"),),
        available_from=Words(value="2027-01-01"),
    )
    no = Stated(
        needs_sponsorship=Words(value="yes"),
        is_remote_only=Words(value="yes"),
        languages=(Words(value="de:A2"),),
        available_from=Words(value="2027-06-01"),
    )
    assert states(ALL, yes) == [MustHaveState.MET] * 4
    assert states(ALL, no) == [MustHaveState.UNMET] * 4
