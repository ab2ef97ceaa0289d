"""The bank: shipped tasks come in once, an organisation's own must prove themselves, hidden parts are prepared."""

import shutil

import pytest

from assay.core.errors import InvalidError, NotFoundError
from assay.grading.template import TEMPLATE
from assay.items.choices import VariantState, VersionState
from assay.items.folders import hidden_of, task_of
from assay.items.models import TaskVersion, Variant
from assay.items.selectors import proposals, version_visible_to, versions_usable_by
from assay.items.services import (
    UnprovedError,
    add_version,
    prepare_again,
    prove_again,
    publish_version,
    retire_version,
    sync_shipped,
    variant_for,
)
from assay.sandbox.models import Run

needs_bwrap = pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed")


@pytest.fixture
def added(organisation, recruiter, now):
    return add_version(organisation=organisation, slug="mine", files=dict(TEMPLATE), member=recruiter, now=now)


def test_shipped_tasks_come_in_once(db, organisation, now):
    first = sync_shipped(now=now)
    assert first > 10
    assert sync_shipped(now=now) == 0
    assert versions_usable_by(organisation=organisation).count() == first


@needs_bwrap
def test_own_task_proves_itself_and_is_published(added, recruiter, organisation, work_off, now):
    with pytest.raises(UnprovedError):
        publish_version(version=added, member=recruiter, now=now)
    work_off()
    added.refresh_from_db()
    assert (added.state, [one for one in added.proof if not one["is_met"]]) == (VersionState.PROVEN, [])
    assert len(added.proof) > 5
    publish_version(version=added, member=recruiter, now=now)
    assert [one.pk for one in versions_usable_by(organisation=organisation)] == [added.pk]
    assert Run.objects.count() == 0
    retire_version(version=added, member=recruiter, now=now)
    assert not versions_usable_by(organisation=organisation).exists()


@needs_bwrap
def test_task_whose_reference_is_wrong_is_not_published(organisation, recruiter, work_off, now):
    files = dict(TEMPLATE)
    name = next(name for name in files if name.startswith("reference/"))
    files[name] = b"def nothing():\n    pass\n"
    version = add_version(organisation=organisation, slug="mine", files=files, member=recruiter, now=now)
    work_off()
    version.refresh_from_db()
    assert version.state == VersionState.FAULTY
    with pytest.raises(UnprovedError):
        publish_version(version=version, member=recruiter, now=now)
    prove_again(version=version, member=recruiter, now=now)
    version.refresh_from_db()
    assert version.state == VersionState.PROVING


def test_missing_file_is_named_with_its_line(organisation, recruiter, now):
    files = {name: content for name, content in TEMPLATE.items() if name != "hidden/cases.py"}
    with pytest.raises(InvalidError, match=r"task\.yaml.*hidden/cases\.py is missing"):
        add_version(organisation=organisation, slug="mine", files=files, member=recruiter, now=now)
    assert not TaskVersion.objects.exists()


def test_same_files_are_the_same_version(added, organisation, recruiter, now):
    again = add_version(organisation=organisation, slug="mine", files=dict(TEMPLATE), member=recruiter, now=now)
    other = add_version(
        organisation=organisation, slug="mine", files=TEMPLATE | {"notes.md": b"more"}, member=recruiter, now=now
    )
    assert (again.pk, other.number) == (added.pk, 2)


def test_task_of_another_organisation_does_not_exist(added, other_organisation, make_member):
    with pytest.raises(NotFoundError):
        version_visible_to(member=make_member(other_organisation), ref=added.ref)
    assert not versions_usable_by(organisation=other_organisation).exists()


@needs_bwrap
def test_variant_is_prepared_once_for_each_seed(added, work_off, now):
    variant = variant_for(version=added, seed=7, now=now)
    assert variant_for(version=added, seed=7, now=now) == variant
    work_off()
    variant.refresh_from_db()
    hidden = hidden_of(variant)
    assert (variant.state, hidden.seed, Run.objects.count()) == (VariantState.READY, 7, 0)
    assert all(case.group in task_of(added).groups for case in hidden.cases)


@needs_bwrap
def test_variant_of_a_broken_generator_says_so(organisation, recruiter, work_off, now):
    files = TEMPLATE | {"hidden/cases.py": b"def cases(seed):\n    raise RuntimeError('no such seed')\n"}
    version = add_version(organisation=organisation, slug="mine", files=files, member=recruiter, now=now)
    variant = variant_for(version=version, seed=1, now=now)
    work_off()
    variant.refresh_from_db()
    assert variant.state == VariantState.FAILED
    assert "no such seed" in variant.problem
    prepare_again(variant=variant)
    assert Variant.objects.get().state == VariantState.PREPARING


def test_proposals_follow_what_is_asked_and_not_known(db, organisation, now):
    sync_shipped(now=now)
    shown = {name for one in versions_usable_by(organisation=organisation) for name in one.loadings}
    asked = min(shown)
    found = proposals(organisation=organisation, weights={asked: 1.0})
    assert found
    assert all(asked in one.version.loadings for one in found)
    assert [one.worth for one in found] == sorted((one.worth for one in found), reverse=True)
    assert proposals(organisation=organisation, weights={asked: 1.0}, runtimes=()) == []
