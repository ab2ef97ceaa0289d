"""Each check fires where it should and stays quiet where it should not."""

from datetime import date

import msgspec
import pytest

from assay.competencies.catalogue import shipped_catalogue
from assay.reading.model import Pay, Requirement, RequirementKind, Strength
from assay.roles.lint import Severity, findings_of
from assay.roles.lint.demands import chance_of_all, one_in
from assay.roles.profile import Demand, RoleProfile

TODAY = date(2026, 11, 23)
SOUND_AD = (
    "You own deployment. Show us projects you are proud of. Software reads and orders applications; people decide. "
    "We value feedback and code review."
)
SOUND = RoleProfile(
    title="ML engineer",
    demands=(
        Demand(competency="python", level=3, weight=3),
        Demand(competency="deployment", level=3, weight=3),
        Demand(competency="communication", level=3, weight=2),
        Demand(competency="statistics", level=3, weight=2),
    ),
    pay=Pay(low=70_000, high=90_000, currency="EUR", period="year", start=0, end=1),
)


def codes(profile=SOUND, ad=SOUND_AD, today=TODAY):
    found = findings_of(profile=profile, ad_text=ad, catalogue=shipped_catalogue(), today=today)
    return [finding.code for finding in found]


def required(kind, **fields):
    return Requirement(kind=kind, strength=Strength.REQUIRED, start=0, end=3, quote_start=0, quote_end=3, **fields)


def with_requirement(one):
    return msgspec.structs.replace(SOUND, requirements=(one,))


def test_sound_role_has_no_finding():
    assert codes() == []


def test_years_longer_than_the_tool_is_public_are_impossible():
    profile = with_requirement(required(RequirementKind.YEARS, term="PyTorch", years=12.0))
    assert "impossible_years" in codes(profile)


@pytest.mark.parametrize(("today", "expected"), [(date(2024, 10, 1), False), (date(2023, 1, 1), True)])
def test_impossible_years_are_counted_to_the_day(today, expected):
    profile = with_requirement(required(RequirementKind.YEARS, term="PyTorch", years=8.0))
    assert ("impossible_years" in codes(profile, today=today)) is expected


def test_years_of_an_old_tool_are_possible_but_a_proxy():
    assert codes(with_requirement(required(RequirementKind.YEARS, term="Git", years=8.0))) == ["years_as_proxy"]


def test_two_years_are_no_proxy():
    assert codes(with_requirement(required(RequirementKind.YEARS, years=2.0))) == []


def test_required_degree_is_a_proxy():
    assert codes(with_requirement(required(RequirementKind.DEGREE, value="MSc"))) == ["degree_as_proxy"]


def test_degree_that_is_merely_welcome_is_none():
    one = msgspec.structs.replace(required(RequirementKind.DEGREE), strength=Strength.NICE_TO_HAVE)
    assert codes(with_requirement(one)) == []


def test_weight_on_theory_only():
    demands = (Demand(competency="statistics", level=3, weight=8), *SOUND.demands[1:3])
    assert "theory_only" in codes(msgspec.structs.replace(SOUND, demands=demands))


def test_without_soft_skills():
    demands = tuple(demand for demand in SOUND.demands if demand.competency != "communication")
    assert codes(msgspec.structs.replace(SOUND, demands=demands)) == ["no_soft_skills"]


def test_without_deployment():
    demands = tuple(demand for demand in SOUND.demands if demand.competency != "deployment")
    assert codes(msgspec.structs.replace(SOUND, demands=demands)) == ["no_deployment"]


def test_without_portfolio():
    assert codes(ad=SOUND_AD.replace("Show us projects you are proud of. ", "")) == ["no_portfolio"]


def test_without_pay_range():
    assert codes(msgspec.structs.replace(SOUND, pay=None)) == ["no_pay_range"]


def test_without_notice_of_software():
    assert codes(ad="Show us past projects.") == ["no_software_notice"]


def test_role_without_an_ad_owes_no_notices():
    profile = msgspec.structs.replace(SOUND, pay=None)
    assert codes(profile, ad="") == ["no_portfolio"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("We need a coding ninja.", "masculine_coded"),
        ("A salesman of ideas.", "gendered"),
        ("A young and dynamic team.", "age_coded"),
        ("You are a native English speaker.", "native_speaker"),
        ("Canadian experience is a must.", "local_experience"),
        ("Able-bodied people only.", "body"),
        ("Tell us your salary history.", "salary_history"),
        ("Please attach a photo.", "personal_data"),
    ],
)
def test_wording_is_found_at_its_place(words, code):
    ad = f"{SOUND_AD} {words}"
    found = findings_of(profile=SOUND, ad_text=ad, catalogue=shipped_catalogue(), today=TODAY)
    assert [finding.code for finding in found] == [code]
    assert ad.index(words) <= found[0].start < found[0].end <= len(ad)


@pytest.mark.parametrize(
    "words", ["Our engineers are younger than our models.", "We shipped native apps.", "photovoltaics"]
)
def test_wording_that_only_looks_alike_is_left_alone(words):
    assert codes(ad=f"{SOUND_AD} {words}") == []


def test_culture_fit_without_criteria():
    ad = SOUND_AD.replace("We value feedback and code review.", "You are a cultural fit.")
    assert codes(ad=ad) == ["culture_without_criteria"]


def test_culture_fit_with_criteria_is_fine():
    assert codes(ad=f"{SOUND_AD} You are a cultural fit.") == []


def test_more_must_haves_than_anybody_has():
    names = ("python", "deployment", "communication", "statistics", "spark", "domain_finance", "cpp", "azure")
    demands = tuple(Demand(competency=name, level=5, weight=1, is_must_have=True) for name in names)
    found = findings_of(
        profile=msgspec.structs.replace(SOUND, demands=demands),
        ad_text=SOUND_AD, catalogue=shipped_catalogue(), today=TODAY,
    )  # fmt: skip
    assert [(one.code, one.severity) for one in found] == [("too_many_must_haves", Severity.WARNING)]


def test_chance_of_one_must_have_is_that_of_the_normal():
    assert chance_of_all(families=["a"], levels=[5]) == pytest.approx(0.0668, abs=1e-3)


def test_chance_falls_with_every_must_have():
    chances = [chance_of_all(families=list("abcdef"[:n]), levels=[4] * n) for n in range(7)]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] == 1.0


@pytest.mark.parametrize(
    ("chance", "words"),
    [(0.005, "1 in 200"), (1 / 37, "1 in 37"), (1 / 1234, "1 in 1,200"), (1e-6, "fewer than 1 in 10,000")],
)
def test_small_chances_in_words(chance, words):
    assert one_in(chance) == words
