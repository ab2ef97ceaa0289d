import threading

import pytest
from django.db import connections

from assay.accounts.choices import MemberKind
from assay.accounts.models import Member, Organisation, User
from assay.audit.models import Event
from assay.membership import organisations, services

ADMINISTRATOR, RECRUITER = MemberKind.ADMINISTRATOR, MemberKind.RECRUITER


def test_change_kinds_records_from_and_to(administrator, recruiter, now):
    services.change_kinds(member=recruiter, kinds=["auditor", "recruiter"], by=administrator, now=now)
    recruiter.refresh_from_db()
    event = Event.objects.get()
    assert recruiter.kinds == ["recruiter", "auditor"]
    assert (event.kind, event.subject_ref, event.actor) == ("member.changed", recruiter.ref, "Adele Brandt")
    assert (event.facts["from"], event.facts["to"]) == (["recruiter"], ["recruiter", "auditor"])


def test_change_kinds_to_the_same_records_nothing(administrator, recruiter, now):
    services.change_kinds(member=recruiter, kinds=["recruiter"], by=administrator, now=now)
    assert Event.objects.count() == 0


def test_last_administrator_stays(administrator, recruiter, now):
    with pytest.raises(services.LastAdministratorError):
        services.deactivate_member(member=administrator, by=administrator, now=now)
    with pytest.raises(services.LastAdministratorError):
        services.change_kinds(member=administrator, kinds=[RECRUITER], by=administrator, now=now)
    assert Event.objects.count() == 0


def test_one_of_two_administrators_may_leave(organisation, administrator, make_member, now):
    second = make_member(organisation, ADMINISTRATOR)
    services.deactivate_member(member=administrator, by=second, now=now)
    administrator.refresh_from_db()
    assert administrator.is_active is False
    with pytest.raises(services.LastAdministratorError):
        services.deactivate_member(member=second, by=second, now=now)


def test_administrator_of_another_organisation_does_not_count(administrator, other_organisation, make_member, now):
    make_member(other_organisation, ADMINISTRATOR)
    with pytest.raises(services.LastAdministratorError):
        services.deactivate_member(member=administrator, by=administrator, now=now)


@pytest.mark.django_db(transaction=True)
def test_two_administrators_leaving_at_once(organisation, make_member, now):
    both = [make_member(organisation, ADMINISTRATOR) for _ in range(2)]
    barrier = threading.Barrier(2)
    refused = []

    def leave(member: Member) -> None:
        try:
            barrier.wait(timeout=10)
            services.deactivate_member(member=member, by=member, now=now)
        except services.LastAdministratorError as error:
            refused.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=leave, args=[member]) for member in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(refused), Member.objects.filter(is_active=True).count()) == (1, 1)


def test_reactivate_member(administrator, recruiter, now):
    services.deactivate_member(member=recruiter, by=administrator, now=now)
    services.reactivate_member(member=recruiter, by=administrator, now=now)
    recruiter.refresh_from_db()
    assert recruiter.is_active is True
    assert [event.kind for event in Event.objects.order_by("seq")] == ["member.deactivated", "member.reactivated"]


def test_create_organisation_with_its_administrator(db, now):
    user = User.objects.create_user(email="a@example.org", name="Ada", created_at=now)
    member = organisations.create_organisation(name="  Kornfeld   GmbH ", administrator=user, now=now)
    assert (member.organisation.name, member.organisation.slug) == ("Kornfeld GmbH", "kornfeld-gmbh")
    assert member.kinds == ["administrator"]
    with pytest.raises(organisations.SlugTakenError):
        organisations.create_organisation(name="Kornfeld GmbH", administrator=user, now=now)


@pytest.mark.parametrize("name", ["", "   ", "x" * 121, "!!!"])
def test_create_organisation_with_a_bad_name(db, now, name):
    user = User.objects.create_user(email="a@example.org", name="Ada", created_at=now)
    with pytest.raises(organisations.BadOrganisationError):
        organisations.create_organisation(name=name, administrator=user, now=now)
    assert Organisation.objects.count() == 0


def test_change_organisation_records_what_changed(administrator, now):
    organisations.change_organisation(
        by=administrator, name="Northwind", answer_within_days=21, requires_second_factor=True, now=now
    )
    facts = Event.objects.get().facts
    assert facts["from"] == {"name": "Northwind Logistics", "requires_second_factor": False}
    assert facts["to"] == {"name": "Northwind", "requires_second_factor": True}


@pytest.mark.parametrize("days", [0, 121])
def test_change_organisation_to_a_term_nobody_keeps(administrator, now, days):
    with pytest.raises(organisations.BadOrganisationError):
        organisations.change_organisation(
            by=administrator, name="Northwind", answer_within_days=days, requires_second_factor=False, now=now
        )
