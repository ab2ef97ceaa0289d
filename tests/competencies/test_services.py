"""Writing own competencies: who may, what is kept, who sees it, and that a broken row stays harmless."""

import msgspec
import pytest
from django.utils import timezone
from structlog.testing import capture_logs

from assay.accounts.choices import MemberKind
from assay.audit.models import Event
from assay.competencies.models import CustomCompetency
from assay.competencies.own import OwnTerm
from assay.competencies.selectors import catalogue_of, map_of, own_competency_visible_to, versions_of
from assay.competencies.services import (
    CompetencyChangedError,
    InvalidCompetencyError,
    add_competency,
    save_competency,
    set_retired,
)
from assay.core.errors import ForbiddenError, NotFoundError


@pytest.fixture
def own(recruiter, make_definition, now):
    return add_competency(member=recruiter, definition=make_definition(), now=now)


def save(own, member, definition, now, *, seen=1):
    return save_competency(
        competency=own, member=member, definition=definition, seen_version=seen, note="Why not", now=now
    )


@pytest.mark.parametrize("kind", [MemberKind.RECRUITER, MemberKind.ADMINISTRATOR, MemberKind.HIRING_MANAGER])
def test_whoever_defines_roles_may_add(organisation, make_member, make_definition, now, kind):
    own = add_competency(member=make_member(organisation, kind), definition=make_definition(), now=now)
    assert own.key == "own_time_series_database_kdb"
    assert catalogue_of(organisation=organisation).competency(own.key).is_own


def test_hiring_manager_changes_what_nobody_else_had_a_part_in(make_member, make_definition, own, recruiter, now):
    manager = make_member(own.organisation, MemberKind.HIRING_MANAGER)
    with pytest.raises(ForbiddenError):
        save(own, manager, make_definition(summary="Theirs."), now)
    with pytest.raises(ForbiddenError):
        set_retired(competency=own, member=manager, is_retired=True, seen_version=1, now=now)
    mine = add_competency(member=manager, definition=make_definition(name="Shop forecasts", terms=()), now=now)
    mine = save(mine, manager, make_definition(name="Shop forecasts", terms=(), summary="Mine."), now)
    mine = save(mine, recruiter, make_definition(name="Shop forecasts", terms=(), summary="Ours."), now, seen=2)
    with pytest.raises(ForbiddenError):
        save(mine, manager, make_definition(name="Shop forecasts", terms=()), now, seen=3)


@pytest.mark.parametrize("kind", [MemberKind.INTERVIEWER, MemberKind.AUDITOR])
def test_others_may_write_nothing(make_member, make_definition, own, now, kind):
    other = make_member(own.organisation, kind)
    with pytest.raises(ForbiddenError):
        add_competency(member=other, definition=make_definition(name="More", terms=()), now=now)
    with pytest.raises(ForbiddenError):
        save(own, other, make_definition(), now)
    with pytest.raises(ForbiddenError):
        set_retired(competency=own, member=other, is_retired=True, seen_version=1, now=now)
    assert own_competency_visible_to(member=other, ref=own.ref) == own


def test_another_organisation_sees_nothing_of_it(other_organisation, make_member, own):
    stranger = make_member(other_organisation, MemberKind.ADMINISTRATOR)
    with pytest.raises(NotFoundError):
        own_competency_visible_to(member=stranger, ref=own.ref)
    assert catalogue_of(organisation=other_organisation).find(own.key) is None


def test_refused_definition_changes_nothing(organisation, recruiter, make_definition, now):
    with pytest.raises(InvalidCompetencyError) as refused:
        add_competency(member=recruiter, definition=make_definition(name="PyTorch", kind="magic"), now=now)
    assert set(refused.value.faults) == {"name", "kind"}
    assert not CustomCompetency.objects.filter(organisation=organisation).exists()
    assert not Event.objects.filter(kind__startswith="competency.").exists()


def test_each_write_is_a_version_and_an_event(own, recruiter, make_definition, now):
    own = save(own, recruiter, make_definition(summary="Another sentence."), now)
    own = set_retired(competency=own, member=recruiter, is_retired=True, seen_version=2, now=now)
    own = set_retired(competency=own, member=recruiter, is_retired=False, seen_version=3, now=now)
    again = set_retired(competency=own, member=recruiter, is_retired=False, seen_version=4, now=now)
    assert again.version == 4
    kinds = Event.objects.filter(subject_ref=own.ref).order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == [
        "competency.added",
        "competency.version_saved",
        "competency.retired",
        "competency.restored",
    ]
    told = [(one.number, one.definition["summary"], one.is_retired) for one in versions_of(competency=own)]
    assert told == [
        (4, "Another sentence.", False),
        (3, "Another sentence.", True),
        (2, "Another sentence.", False),
        (1, "Stores and queries ticks in kdb+.", False),
    ]


def test_second_save_of_one_version_is_refused(own, recruiter, make_definition, now):
    save(own, recruiter, make_definition(summary="The first."), now)
    with pytest.raises(CompetencyChangedError, match="Version 2 was saved by Rana Haddad"):
        save(own, recruiter, make_definition(summary="The second."), now)
    own.refresh_from_db()
    assert own.definition["summary"] == "The first."


def test_own_words_and_name_do_not_stand_in_their_own_way(own, recruiter, make_definition, now):
    assert save(own, recruiter, make_definition(), now).version == 2


def test_retired_one_comes_back_only_with_free_words(own, recruiter, make_definition, now):
    retired = set_retired(competency=own, member=recruiter, is_retired=True, seen_version=1, now=now)
    taker = make_definition(name="Another store", terms=(OwnTerm(name="Quuxbase"),))
    add_competency(member=recruiter, definition=taker, now=now)
    with pytest.raises(InvalidCompetencyError) as refused:
        set_retired(competency=retired, member=recruiter, is_retired=False, seen_version=2, now=now)
    assert set(refused.value.faults) == {"terms.1.name"}


def test_row_broken_by_hand_is_left_out_with_a_warning(organisation, own, recruiter, make_definition, now):
    good = add_competency(member=recruiter, definition=make_definition(name="Good", terms=()), now=now)
    CustomCompetency.objects.filter(pk=own.pk).update(definition={"name": 3}, updated_at=timezone.now())
    with capture_logs() as logs:
        found = map_of(organisation=organisation)
    assert [one.key for one in found.skipped] == [own.key]
    assert [(line["log_level"], line["key"]) for line in logs] == [("warning", own.key)]
    assert found.catalogue.find(own.key) is None
    assert found.catalogue.find(good.key) is not None


def test_broken_row_can_be_mended_by_saving_it_anew(organisation, own, recruiter, make_definition, now):
    CustomCompetency.objects.filter(pk=own.pk).update(definition=[], updated_at=timezone.now())
    save(own, recruiter, make_definition(), now)
    assert map_of(organisation=organisation).skipped == ()


def test_map_costs_one_query_however_many_are_added(
    organisation, recruiter, make_definition, now, django_assert_num_queries
):
    for name in ("First", "Second", "Third"):
        add_competency(member=recruiter, definition=make_definition(name=name, terms=()), now=now)
    map_of(organisation=organisation)
    with django_assert_num_queries(1):
        map_of(organisation=organisation)


def test_two_with_one_name_in_other_letters_get_two_ids(recruiter, make_definition, now):
    first = add_competency(member=recruiter, definition=make_definition(name="Quux C", terms=()), now=now)
    second = add_competency(member=recruiter, definition=make_definition(name="Quux-C", terms=()), now=now)
    assert (first.key, second.key) == ("own_quux_c", "own_quux_c_2")
    assert msgspec.convert(second.definition["name"], str) == "Quux-C"
