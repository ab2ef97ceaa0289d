"""The next step, how people rate, and what flags say, in words."""

from datetime import UTC, datetime

import msgspec
import pytest

from assay.decisions.flags import flags_of
from assay.decisions.nextstep import change_words, next_step
from assay.decisions.rating import agreement_of, raters_of_debrief, severity_words
from assay.decisions.weighing import weighed
from assay.evidence.choices import DocumentState, SourceKind
from assay.evidence.ledger import record_observation
from assay.evidence.ledger_selectors import live_belief
from assay.evidence.models import Blob, Document, Observation
from assay.interviews.debrief import debrief_of
from assay.reading.model import Depth, Employment, Found, PartialDate, Period, Resume, SkillContext, SkillMention
from assay.roles.profile import RoleProfile
from assay.roles.selectors import with_current_version
from assay.science.raters import RaterReport
from tests.web.pool import PROFILE


def observe(application, competency, value, count, now, kind=SourceKind.INTERVIEW):
    for number in range(count):
        record_observation(
            observation=Observation(
                organisation=application.organisation, person=application.person, competency=competency,
                source_kind=kind, value=value, created_at=now,
                facts={"event": f"{competency}{number}", "rater": f"r{number}", "anchor": "x", "stance": "strong"},
            )
        )  # fmt: skip


def step_of(application, raters=2, profile=None):
    profile = profile or with_current_version(role=application.role).profile
    found = weighed(application=application, profile=profile)
    return next_step(application=application, found=found, raters=raters, least_raters=2)


def test_something_is_to_be_done_where_nothing_is_known(applicant):
    step = step_of(applicant)
    assert step.kind in {"interview", "test", "work_sample"}
    assert step.minutes > 0
    assert " of " in step.why


def test_enough_is_known_where_everything_was_shown_again_and_again(applicant, now):
    for competency in ("python", "pytorch", "deployment"):
        observe(applicant, competency, 5.0, 25, now)
    assert step_of(applicant).kind == "enough"


def test_interview_comes_first_while_too_few_have_rated(applicant, now):
    for competency in ("python", "pytorch", "deployment"):
        observe(applicant, competency, 5.0, 25, now)
    step = step_of(applicant, raters=0)
    assert step.kind == "interview"
    assert step.why.startswith("The rule asks for more people")


def test_interview_that_took_place_is_not_proposed_again(rated):
    step = step_of(rated, raters=0)
    assert step is None or "Panel" not in step.title


def test_role_without_anything_on_the_map_has_no_step(applicant):
    profile = RoleProfile(title="x", demands=(msgspec.structs.replace(PROFILE.demands[0], competency="juggling"),))
    assert step_of(applicant, profile=profile) is None


@pytest.mark.parametrize(
    ("p_change", "words"),
    [(0.31, "in about 3 of 10 cases"), (0.049, "in about 1 of 20 cases"), (0.5, "in about 5 of 10 cases")],
)
def test_change_is_told_in_tenths(p_change, words):
    assert change_words(p_change) == words


def report(**changed):
    given = RaterReport(
        rater=0, interviews=30, severity=0.5, severity_low=0.3, severity_high=0.7, spread_ratio=1.0, infit=1.0,
        may_name=True,
    )  # fmt: skip
    return given._replace(**changed)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({}, "a little more strictly"),
        ({"severity": -0.9, "severity_low": -1.2, "severity_high": -0.7}, "clearly more mildly"),
        ({"may_name": False, "severity_low": -0.2, "severity_high": 0.9}, "between as others do and clearly"),
        ({"severity_low": -0.1, "severity_high": 0.1}, "rates as others do, as far as 30"),
    ],
)  # fmt: skip
def test_severity_is_named_only_where_it_is_known(changed, says):
    assert says in severity_words(report(**changed))


def test_nobody_is_compared_without_interviews():
    assert severity_words(None).startswith("too few interviews")


def test_panel_that_agrees_is_told_so(rated):
    debrief = debrief_of(application=rated)
    agreement = agreement_of(application=rated, debrief=debrief)
    assert agreement.words == "2 answers rated by more than one person; none heard far apart"
    assert {one.name for one in raters_of_debrief(application=rated, debrief=debrief)} == {"Ida Berg", "Jon Lund"}


def test_nothing_is_said_of_agreement_before_the_interview(applicant):
    assert agreement_of(application=applicant, debrief=debrief_of(application=applicant)) is None


def document(application, *, skills=(), resume=None):
    blob = Blob.objects.create(sha256="a" * 64, data=b"x", byte_size=1)
    Document.objects.create(
        organisation=application.organisation, person=application.person, blob=blob, file_name="x.txt", text="x",
        state=DocumentState.READ, skills=msgspec.to_builtins(skills), created_at=datetime(2026, 11, 1, tzinfo=UTC),
        resume=msgspec.to_builtins(resume) if resume else None,
    )  # fmt: skip


def flags(application):
    return {one.key: one for one in flags_of(person=application.person, live=live_belief(person=application.person))}


def mention(term, years):
    return SkillMention(
        competency="pytorch", term=term, start=0, end=1, quote_start=0, quote_end=1, years_claimed=years,
        context=SkillContext.OTHER, depth=Depth.STATED,
    )  # fmt: skip


def test_years_before_a_tool_was_public_are_asked_about(applicant):
    document(applicant, skills=(mention("PyTorch", 15.0),))
    found = flags(applicant)
    assert list(found) == ["early:PyTorch"]
    assert "15 years with PyTorch are stated" in found["early:PyTorch"].what


def test_years_that_are_possible_are_not_asked_about(applicant):
    document(applicant, skills=(mention("PyTorch", 6.0), mention("Juggling", 90.0)))
    assert flags(applicant) == {}


def job(name, since, until):
    return Employment(
        employer=Found(value=name, start=0, end=1), start=0, end=1,
        period=Period(start=0, end=1, since=since, until=until, is_current=until is None),
    )  # fmt: skip


def test_two_jobs_at_once_are_asked_about_kindly(applicant):
    first = job("Acme", PartialDate(year=2020, month=1), PartialDate(year=2022, month=12))
    second = job("Beta", PartialDate(year=2022, month=1), None)
    document(applicant, resume=Resume(employments=(first, second)))
    (flag,) = flags(applicant).values()
    assert flag.what == "Acme and Beta run at the same time for 11 months."
    assert flag.base_rate.startswith("Common")


def test_dates_that_do_not_hold_together_raise_no_fault(applicant):
    backwards = job("Acme", PartialDate(year=2022, month=5), PartialDate(year=2020, month=1))
    later = job("Beta", PartialDate(year=2030, month=1), None)
    bare = Employment(start=0, end=1)
    document(applicant, resume=Resume(employments=(backwards, later, bare)))
    assert flags(applicant) == {}


def test_one_source_against_all_others_is_asked_about(applicant, now):
    observe(applicant, "python", 5.0, 15, now)
    observe(applicant, "python", 1.0, 1, now)
    conflicts = [flag for key, flag in flags(applicant).items() if key.startswith("conflict:")]
    assert [flag.what for flag in conflicts] == [
        "One observation on Python says clearly less than everything else together."
    ]
