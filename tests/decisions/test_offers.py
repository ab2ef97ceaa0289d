"""Offers: terms, the chain, the candidate's answer, and the clock."""

import threading
from datetime import date, timedelta

import msgspec
import pytest
from django.db import connection

from assay.applications.choices import ApplicationState
from assay.applications.services import move_application
from assay.audit.models import Event
from assay.core.errors import ConflictError, ForbiddenError, InvalidError
from assay.decisions.candidates import withdraw
from assay.decisions.clock import clock_of, duration_words
from assay.decisions.models import Case, Offer
from assay.decisions.offers import Terms, answer_offer, approve, make_offer, next_approver, offer_of, take_back
from assay.decisions.services import decide, set_target
from assay.messages.models import Mail
from assay.reading.model import Pay
from assay.roles.models import RoleVersion
from tests.decisions.conftest import LATER
from tests.web.pool import PROFILE

TERMS = Terms(
    amount=90_000, currency="EUR", period="year", starts_date=date(2027, 2, 1), place="Berlin", words="Two laptops.",
    answer_by=date(2026, 12, 8),
)  # fmt: skip
PAY = Pay(low=80_000.0, high=100_000.0, currency="EUR", period="year", start=0, end=1)


@pytest.fixture
def decided(voted, manager):
    decide(application=voted, outcome="offer", reason="Good.", seen="hire", member=manager, now=LATER)
    voted.refresh_from_db()
    return voted


@pytest.fixture
def paid(decided):
    profile = msgspec.structs.replace(PROFILE, pay=PAY)
    RoleVersion.objects.filter(role=decided.role).update(profile=msgspec.to_builtins(profile))
    return decided


@pytest.fixture
def offered(paid, manager, recruiter, administrator):
    return make_offer(application=paid, terms=TERMS, approvers=[recruiter, administrator], member=manager, now=LATER)


@pytest.fixture
def sent(offered, recruiter, administrator):
    say(offered, recruiter)
    return say(offered, administrator)


def say(offer, member, *, is_approved=True, note=""):
    return approve(offer=offer, is_approved=is_approved, note=note, member=member, now=LATER)


def reply(offer, *, is_accepted=True, name="Ines Duarte", words="", now=LATER):
    return answer_offer(offer=offer, is_accepted=is_accepted, name=name, words=words, now=now)


def test_offer_passes_the_chain_in_turn_and_is_sent(offered, recruiter, administrator):
    with pytest.raises(ForbiddenError, match="not your turn"):
        say(offered, administrator)
    say(offered, recruiter)
    assert (offer_of(application=offered.case.application).state, next_approver(offered)) == ("waiting", administrator)
    assert Mail.objects.filter(template="offer").count() == 0
    assert say(offered, administrator).state == "sent"
    assert Mail.objects.get(template="offer").to == "ines@example.org"


def test_offer_is_not_approved_by_its_maker_or_a_stranger(offered, manager, second_manager):
    for member in (manager, second_manager):
        with pytest.raises(ForbiddenError):
            say(offered, member)


def test_refused_offer_is_not_sent_and_another_may_follow(offered, paid, manager, recruiter, administrator):
    with pytest.raises(InvalidError, match="why not"):
        say(offered, recruiter, is_approved=False)
    assert say(offered, recruiter, is_approved=False, note="Above the band.").state == "refused"
    with pytest.raises(ConflictError):
        say(offered, administrator)
    terms = TERMS._replace(amount=85_000)
    second = make_offer(application=paid, terms=terms, approvers=[recruiter], member=manager, now=LATER)
    assert (second.state, Offer.objects.count()) == ("waiting", 2)


def test_offer_is_made_by_the_manager_and_not_by_a_recruiter(paid, recruiter, administrator, manager):
    with pytest.raises(ForbiddenError):
        make_offer(application=paid, terms=TERMS, approvers=[administrator], member=recruiter, now=LATER)
    made = make_offer(application=paid, terms=TERMS, approvers=[administrator], member=manager, now=LATER)
    assert made.member == manager


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"amount": 79_999}, "80,000 to 100,000 EUR"),
        ({"amount": 100_001}, "80,000 to 100,000 EUR"),
        ({"currency": "USD"}, "Offer in the same"),
        ({"period": "month"}, "Offer in the same"),
        ({"currency": "eur"}, "three capital"),
        ({"period": "week"}, "names its pay"),
        ({"place": " "}, "names its pay"),
        ({"amount": 0}, "names its pay"),
        ({"answer_by": date(2026, 11, 1)}, "lie ahead"),
        ({"starts_date": date(2026, 11, 1)}, "lie ahead"),
    ],
)
def test_terms_outside_the_range_are_refused(paid, manager, recruiter, change, says):
    with pytest.raises(InvalidError, match=says):
        make_offer(application=paid, terms=TERMS._replace(**change), approvers=[recruiter], member=manager, now=LATER)
    assert Offer.objects.count() == 0


def test_chain_without_somebody_else_is_refused(paid, manager, recruiter, interviewers):
    for approvers in ([], [manager], [recruiter, recruiter], [interviewers[0]]):
        with pytest.raises(InvalidError):
            make_offer(application=paid, terms=TERMS, approvers=approvers, member=manager, now=LATER)


def test_offer_without_a_decision_is_refused(voted, manager, recruiter):
    with pytest.raises(ConflictError, match="follows a decision"):
        make_offer(application=voted, terms=TERMS, approvers=[recruiter], member=manager, now=LATER)


def test_double_click_makes_one_offer(offered, paid, manager, recruiter, administrator):
    again = make_offer(application=paid, terms=TERMS, approvers=[recruiter, administrator], member=manager, now=LATER)
    assert again == offered
    with pytest.raises(ConflictError, match="open already"):
        make_offer(
            application=paid, terms=TERMS._replace(amount=95_000), approvers=[recruiter], member=manager, now=LATER
        )


def test_candidate_accepts_and_is_hired(sent, paid):
    made = reply(sent)
    paid.refresh_from_db()
    assert (made.state, made.signed_name, paid.state) == ("accepted", "Ines Duarte", "hired")
    assert reply(sent) == made
    assert Event.objects.filter(kind="offer.accepted", actor="candidate").count() == 1
    with pytest.raises(ConflictError):
        reply(sent, is_accepted=False)


def test_candidate_declines(sent, paid):
    assert reply(sent, is_accepted=False, name="", words="Another offer.").state == "declined"
    paid.refresh_from_db()
    assert paid.state == "withdrawn"
    assert paid.transitions.last().note == "Declined the offer."


def test_answer_needs_a_name_and_an_offer_that_stands(offered, sent, manager):
    with pytest.raises(InvalidError, match="name"):
        reply(sent, name=" ")
    with pytest.raises(ConflictError, match="over"):
        reply(sent, now=LATER + timedelta(days=30))
    take_back(offer=sent, reason="The budget is gone.", member=manager, now=LATER)
    with pytest.raises(ConflictError, match="no longer stands"):
        reply(sent)


def test_offer_that_was_not_sent_cannot_be_accepted(offered):
    with pytest.raises(ConflictError):
        reply(offered)


def test_offer_is_taken_back_by_the_manager_and_not_by_a_recruiter(offered, recruiter, manager):
    with pytest.raises(ForbiddenError):
        take_back(offer=offered, reason="No.", member=recruiter, now=LATER)
    assert take_back(offer=offered, reason="No.", member=manager, now=LATER).state == "withdrawn"
    assert take_back(offer=offered, reason="No.", member=manager, now=LATER).state == "withdrawn"
    assert Event.objects.filter(kind="offer.taken_back").count() == 1


def test_candidate_who_withdraws_in_the_middle_is_sent_nothing(offered, paid, recruiter):
    withdraw(case=Case.objects.get(application=paid), now=LATER)
    with pytest.raises(ConflictError, match="withdrawn by now"):
        say(offered, recruiter)
    assert Mail.objects.filter(template="offer").count() == 0


@pytest.mark.django_db(transaction=True)
def test_accepting_and_taking_back_at_once_leaves_one_of_the_two(sent, paid, manager):
    barrier, refused = threading.Barrier(2), []

    def run(act):
        try:
            barrier.wait(timeout=20)
            act()
        except ConflictError as error:
            refused.append(error)
        finally:
            connection.close()

    acts = (lambda: reply(sent), lambda: take_back(offer=sent, reason="x", member=manager, now=LATER))
    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sent.refresh_from_db()
    paid.refresh_from_db()
    assert len(refused) == 1
    assert (sent.state, paid.state) in {("accepted", "hired"), ("withdrawn", "offer")}


# The clock


def test_clock_tells_where_the_time_went(applicant, recruiter, now):
    for hours, state in (
        (6, ApplicationState.SCREENING),
        (30, ApplicationState.INTERVIEW),
        (54, ApplicationState.REJECTED),
    ):
        applicant.refresh_from_db()
        move_application(
            application=applicant, member=recruiter, to_state=state, seen_version=applicant.version,
            now=now + timedelta(hours=hours), reason="level" if state == ApplicationState.REJECTED else "",
        )  # fmt: skip
    applicant.refresh_from_db()
    clock = clock_of(application=applicant, now=now + timedelta(days=9))
    assert (clock.total, clock.is_answered, clock.is_within) == (timedelta(hours=54), True, False)
    assert [(one.label, one.time) for one in clock.stretches] == [
        ("New", timedelta(hours=6)), ("Screening", timedelta(hours=24)), ("Interview", timedelta(hours=24)),
    ]  # fmt: skip
    assert sum(one.share for one in clock.stretches) == pytest.approx(1.0)


def test_clock_runs_until_the_offer_is_sent(sent, paid, now):
    clock = clock_of(application=paid, now=LATER + timedelta(days=9))
    assert (clock.is_answered, clock.total) == (True, LATER - now)


def test_clock_of_an_open_application_runs(applicant, now):
    clock = clock_of(application=applicant, now=now + timedelta(hours=47))
    assert (clock.is_answered, clock.is_within, clock.target_h) == (False, True, 48)


def test_target_is_set_by_the_manager_and_not_by_an_interviewer(role, manager, interviewers, applicant, now):
    with pytest.raises(ForbiddenError):
        set_target(role=role, hours=24, member=interviewers[0], now=now)
    with pytest.raises(InvalidError):
        set_target(role=role, hours=0, member=manager, now=now)
    set_target(role=role, hours=24, member=manager, now=now)
    assert clock_of(application=applicant, now=now).target_h == 24


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (timedelta(seconds=5), "1 minute"), (timedelta(minutes=90), "1 hour"), (timedelta(hours=26), "1 day 2 hours"),
        (timedelta(days=9, hours=5), "9 days"),
    ],
)  # fmt: skip
def test_duration_is_told_in_its_largest_units(time, words):
    assert duration_words(time) == words
