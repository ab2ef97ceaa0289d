"""Working on a task: clocks, saves, hand-ins, and everything that goes wrong meanwhile."""

import shutil
import threading
from datetime import timedelta

import pytest
from django.db import connection

from assay.assessments.choices import AttemptState, SittingState, Via
from assay.assessments.models import HandIn, Outage
from assay.assessments.rules import GRACE
from assay.assessments.services import (
    SittingClosedError,
    begin_sitting,
    cancel_sitting,
    decide_late,
    decide_wish,
    wish_for,
)
from assay.assessments.working import (
    NotReadyError,
    OverError,
    TwoTabsError,
    close_overdue,
    hand_in,
    note_pulse,
    save_files,
    start_attempt,
)
from assay.core.errors import ConflictError, InvalidError
from assay.items.folders import unpacked_files
from tests.assessments.conftest import RIGHT, WRONG

pytestmark = pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed")
MINUTES = 10


def give(attempt, now, content=RIGHT, via=Via.EDITOR):
    return hand_in(attempt=attempt, files={"solution.py": content}, via=via, now=now)


def save(attempt, now, seen, text, tab="a"):
    return save_files(attempt=attempt, seen_revision=seen, files={"solution.py": text}, tab=tab, now=now)


def test_clock_starts_only_when_the_data_are_there(sitting, now, work_off):
    attempt = sitting.attempts.get()
    with pytest.raises(NotReadyError):
        start_attempt(attempt=attempt, now=now)
    work_off()
    started = start_attempt(attempt=attempt, now=now)
    assert (started.state, started.ends_at) == (AttemptState.RUNNING, now + timedelta(minutes=MINUTES))


def test_second_click_does_not_move_the_clock(running, now):
    again = start_attempt(attempt=running, now=now + timedelta(minutes=3))
    assert again.ends_at == running.ends_at
    assert running.saves.count() == 1


def test_saves_are_a_history_and_an_unchanged_one_is_none(running, now):
    first = save(running, now, 0, b"a")
    assert save(running, now, first.revision, b"a") == first
    second = save(running, now, first.revision, b"b")
    assert [unpacked_files(one.files).get("solution.py") for one in running.saves.all()][1:] == [b"a", b"b"]
    assert second.revision == 2


def test_two_tabs_lose_nothing(running, now):
    first = save(running, now, 0, b"from one tab", tab="a")
    with pytest.raises(TwoTabsError):
        save(running, now, 0, b"from the other", tab="b")
    latest = running.saves.last()
    assert unpacked_files(latest.files) == unpacked_files(first.files)
    assert latest.events[-1]["files"] == {"solution.py": "from the other"}


def test_one_tab_that_lost_an_answer_goes_on(running, now):
    save(running, now, 0, b"a", tab="a")
    assert save(running, now, 0, b"ab", tab="a").revision == 2


@pytest.mark.parametrize("name", ["../x.py", "/x.py", "a//b", "", "a/../b", "a\\b", "a\x00b", "a" * 300])
def test_file_that_leads_elsewhere_is_refused(running, now, name):
    with pytest.raises(InvalidError, match="cannot be the name"):
        save_files(attempt=running, seen_revision=0, files={name: b""}, now=now)


def test_hundred_megabytes_are_refused(running, now):
    with pytest.raises(InvalidError, match="larger than"):
        give(running, now, b"x" * 100 * 2**20, Via.UPLOAD)
    assert not HandIn.objects.exists()


def test_broken_utf8_is_kept_as_it_is(running, now):
    made = give(running, now, b"\xff\xfe\x00")
    assert unpacked_files(made.files) == {"solution.py": b"\xff\xfe\x00"}


def test_double_click_hands_in_once(running, now):
    assert give(running, now) == give(running, now + timedelta(seconds=1))
    with pytest.raises(OverError):
        give(running, now, WRONG)


@pytest.mark.django_db(transaction=True)
def test_eight_clicks_at_once_hand_in_once(running, now):
    gate, found = threading.Barrier(8), []

    def click():
        gate.wait()
        found.append(give(running, now).pk)
        connection.close()

    threads = [threading.Thread(target=click) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(set(found)), len(found), HandIn.objects.count()) == (1, 8, 1)


def test_hand_in_within_the_grace_is_in_time(running, now):
    made = give(running, running.ends_at + GRACE)
    assert (made.is_late, made.counts) == (False, True)


def test_late_hand_in_is_kept_and_a_person_decides(running, recruiter, now):
    save(running, now, 0, WRONG)
    late = give(running, running.ends_at + timedelta(minutes=5))
    kept = HandIn.objects.get(via=Via.CLOCK)
    assert (late.is_late, late.counts, kept.counts) == (True, None, True)
    decide_late(hand_in=late, counts=True, member=recruiter, now=now)
    assert [one.counts for one in HandIn.objects.order_by("pk")] == [False, True]
    decide_late(hand_in=late, counts=False, member=recruiter, now=now)
    assert [one.counts for one in HandIn.objects.order_by("pk")] == [True, False]


def test_what_was_saved_last_is_handed_in_when_the_time_runs_out(running, now):
    save(running, now, 0, RIGHT)
    assert close_overdue(now=running.ends_at) == 0
    assert close_overdue(now=running.ends_at + timedelta(minutes=1)) == 1
    made = HandIn.objects.get()
    assert (made.via, made.at, unpacked_files(made.files)) == (Via.CLOCK, running.ends_at, {"solution.py": RIGHT})
    running.sitting.refresh_from_db()
    assert close_overdue(now=running.ends_at + timedelta(minutes=2)) == 0


def test_nothing_saved_is_nothing_handed_in(running):
    close_overdue(now=running.ends_at + timedelta(minutes=1))
    running.refresh_from_db()
    assert (running.state, HandIn.objects.count()) == (AttemptState.TIMED_OUT, 0)


def test_text_typed_after_the_end_is_kept_in_the_history(running, now):
    save(running, now, 0, RIGHT)
    with pytest.raises(OverError):
        save(running, running.ends_at + timedelta(minutes=1), 1, WRONG)
    latest = running.saves.last()
    assert unpacked_files(latest.files) == {"solution.py": RIGHT}
    assert latest.events[-1]["kind"] == "set_aside"


def test_outage_gives_the_time_back(running, now):
    note_pulse(now=now + timedelta(minutes=1))
    assert note_pulse(now=now + timedelta(minutes=1, seconds=10)) is None
    note_pulse(now=now + timedelta(minutes=4, seconds=10))
    before = running.ends_at
    running.refresh_from_db()
    assert (running.given_back_s, running.ends_at - before) == (180, timedelta(seconds=180))
    assert Outage.objects.count() == 1


def test_outage_over_the_deadline_gives_back_what_it_took_of_the_time(running, now):
    save(running, now, 0, RIGHT)
    note_pulse(now=running.ends_at - timedelta(minutes=2))
    note_pulse(now=running.ends_at + timedelta(hours=1))
    running.refresh_from_db()
    assert running.given_back_s == 120


def test_extra_time_moves_a_running_clock(running, recruiter, now):
    wish = wish_for(sitting=running.sitting, text="I read with a screen reader.", now=now)
    decide_wish(wish=wish, is_granted=True, extra_time_percent=50, reply="Of course.", member=recruiter, now=now)
    running.refresh_from_db()
    assert running.ends_at == now + timedelta(minutes=15)
    with pytest.raises(ConflictError):
        decide_wish(wish=wish, is_granted=False, extra_time_percent=0, reply="", member=recruiter, now=now)


def test_withdrawn_invitation_begins_nothing(ready, recruiter, now):
    cancel_sitting(sitting=ready.sitting, member=recruiter, now=now)
    ready.sitting.refresh_from_db()
    with pytest.raises(SittingClosedError):
        begin_sitting(sitting=ready.sitting, now=now)
    with pytest.raises(SittingClosedError):
        start_attempt(attempt=ready, now=now)


def test_invitation_can_be_begun_until_its_day(ready, now):
    with pytest.raises(SittingClosedError, match="time to begin is over"):
        begin_sitting(sitting=ready.sitting, now=ready.sitting.begin_by + timedelta(seconds=1))
    begun = begin_sitting(sitting=ready.sitting, now=now)
    assert begin_sitting(sitting=ready.sitting, now=now + timedelta(hours=1)).begun_at == begun.begun_at


def test_sitting_ends_with_its_last_task(ready, now):
    begin_sitting(sitting=ready.sitting, now=now)
    give(start_attempt(attempt=ready, now=now), now)
    ready.sitting.refresh_from_db()
    assert ready.sitting.state == SittingState.ENDED
