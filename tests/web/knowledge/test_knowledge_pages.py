"""A role's test: proposed, made, people invited, and what came of it."""

from datetime import timedelta

import msgspec
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assay.accounts.choices import MemberKind
from assay.core.clock import now as clock_now
from assay.evidence.models import Observation
from assay.knowledge.choices import FamilyState, PlanState, Stop, TakingState, WishState
from assay.knowledge.decks import bank, variant_of
from assay.knowledge.models import Asked, FamilyNote, GroupFinding, KnowledgeTest, Taking
from assay.knowledge.services import create_test, invite, note_family, plan_of, wish_for
from assay.knowledge.working import answer, begin, current
from assay.messages.models import Mail
from assay.people.choices import ContactKind
from assay.people.services import Given, set_contacts
from assay.roles.choices import RoleDuty
from assay.roles.models import RoleMember
from tests.knowledge.conftest import (  # noqa: F401 -- fixtures among them
    applicant,
    application,
    knowledge_test,
    right,
    role,
    small_plan,
    taking,
)
from tests.web.pool import make_role


def at(organisation, rest=""):
    return f"/o/{organisation.slug}/knowledge/{rest}"


def terms(**more):
    return {"days_to_begin": "14", "extra_time_percent": "0", "feedback": "summary", "words": ""} | more


def test_proposal_asks_what_the_role_weighs_and_the_bank_can(organisation, role, application, signed_in, recruiter):
    page = signed_in(recruiter).get(at(organisation, f"new/{role.ref}/"))
    body = page.content.decode()
    assert [row["one"].competency for row in page.context["rows"] if row["is_chosen"]] != []
    assert "Statistics" in body
    assert "C++" in body.partition("no questions about")[2]


def test_test_is_made_as_chosen(organisation, role, signed_in, recruiter):
    fields = {"action": "create", "area": ["statistics"], "items:statistics": "4", "minutes": "15"}
    answer = signed_in(recruiter).post(at(organisation, f"new/{role.ref}/"), fields)
    made = KnowledgeTest.objects.get()
    assert answer["Location"].endswith(f"/knowledge/test/{made.ref}/")
    plan = plan_of(made)
    assert [(area.competency, area.items, area.level) for area in plan.areas] == [("statistics", 4, 3)]
    assert (plan.minutes, plan.stops_when_decided) == (15, False)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"area": ["statistics"], "items:statistics": "1"},
        {"area": ["statistics"], "items:statistics": "999"},
        {"area": ["statistics"], "minutes": "1"},
        {"area": ["cpp"]},
        {"area": ["nothing"]},
    ],
)
def test_plan_that_cannot_be_asked_is_refused_and_says_why(organisation, role, signed_in, recruiter, fields):
    answer = signed_in(recruiter).post(at(organisation, f"new/{role.ref}/"), {"action": "create", **fields})
    assert (answer.status_code, KnowledgeTest.objects.count()) == (422, 0)
    assert 'role="alert"' in answer.content.decode()


def test_earlier_tests_of_the_role_are_named(organisation, role, knowledge_test, signed_in, recruiter, now):
    other = make_role(organisation, now, title="Another role")
    body = signed_in(recruiter).get(at(organisation, f"new/{role.ref}/")).content.decode()
    assert f"/knowledge/test/{knowledge_test.ref}/" in body
    body = signed_in(recruiter).get(at(organisation, f"new/{other.ref}/")).content.decode()
    assert f"/knowledge/test/{knowledge_test.ref}/" not in body


def test_reckoning_again_makes_nothing(organisation, role, signed_in, recruiter):
    fields = {"action": "reckon", "area": ["statistics"], "items:statistics": "6"}
    answer = signed_in(recruiter).post(at(organisation, f"new/{role.ref}/"), fields)
    assert (answer.status_code, KnowledgeTest.objects.count()) == (200, 0)
    assert answer.context["plan"].items == 6


def test_ticked_people_get_links_once(organisation, role, knowledge_test, application, signed_in, recruiter, now):
    other = applicant(role, now, "Mei Tan")
    client = signed_in(recruiter)
    path = at(organisation, f"test/{knowledge_test.ref}/invite")
    client.post(path, terms(application=[application.ref, other.ref], extra_time_percent="25"))
    assert Taking.objects.filter(extra_time_percent=25).count() == 2
    assert client.post(path, terms(application=[application.ref])).status_code == 422
    assert Taking.objects.count() == 2


@pytest.mark.parametrize("fields", [terms(), terms(application=["nobody"]), terms(days_to_begin="0")])
def test_invitation_of_nobody_is_refused(organisation, knowledge_test, application, signed_in, recruiter, fields):
    answer = signed_in(recruiter).post(at(organisation, f"test/{knowledge_test.ref}/invite"), fields)
    assert (answer.status_code, Taking.objects.count()) == (422, 0)


def test_closed_test_invites_nobody(organisation, knowledge_test, application, signed_in, recruiter):
    client = signed_in(recruiter)
    client.post(at(organisation, f"test/{knowledge_test.ref}/close"))
    knowledge_test.refresh_from_db()
    assert knowledge_test.state == PlanState.CLOSED
    answer = client.post(
        at(organisation, f"test/{knowledge_test.ref}/invite"), terms(application=[application.ref]), follow=True
    )
    assert (answer.status_code, Taking.objects.count()) == (422, 0)


def test_link_is_mailed_renewed_and_withdrawn(organisation, taking, signed_in, recruiter):
    set_contacts(person=taking.application.person, given=[Given(ContactKind.EMAIL, "ines@example.org")])
    client = signed_in(recruiter)
    page = at(organisation, f"taking/{taking.ref}/")
    link = client.get(page).context["link"]
    client.post(f"{page}mail")
    mail = Mail.objects.get(template="knowledge")
    assert mail.to == "ines@example.org"
    client.post(f"{page}renew")
    assert client.get(page).context["link"] != link
    client.post(f"{page}cancel")
    taking.refresh_from_db()
    assert taking.state == TakingState.CANCELLED


def test_wish_is_answered_from_the_persons_page(organisation, taking, signed_in, recruiter, now):
    wish_for(taking=taking, text="I need more time.", now=now)
    client = signed_in(recruiter)
    page = at(organisation, f"taking/{taking.ref}/")
    assert "I need more time." in client.get(page).content.decode()
    assert client.post(f"{page}wish", {"answer": "grant", "extra_time_percent": "x"}).status_code == 422
    client.post(f"{page}wish", {"answer": "grant", "extra_time_percent": "50", "reply": "Gladly."})
    taking.refresh_from_db()
    assert (taking.wish_state, taking.extra_time_percent) == (WishState.GRANTED, 50)


def test_result_shows_dots_and_what_was_asked(organisation, taking, signed_in, recruiter):
    moment = clock_now()
    Taking.objects.update(begin_by=moment)
    taking.refresh_from_db()
    begun = begin(taking=taking, now=moment)
    while (found := current(taking=begun, now=moment)).asked is not None:
        answer(taking=begun, question=found.asked.ref, given=right(found.asked), now=moment)
    body = signed_in(recruiter).get(at(organisation, f"taking/{taking.ref}/")).content.decode()
    assert body.count('class="dotplot"') == 2
    assert body.count("<details><summary>") == 6
    assert body.count(">pilot<") == 6
    observation = Observation.objects.filter(competency="statistics").first()
    page = signed_in(recruiter).get(f"/o/{organisation.slug}/ledger/observations/{observation.ref}/").content.decode()
    assert "answered right “" in page
    assert f"/knowledge/taking/{taking.ref}/#{observation.facts['item']}" in page


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_the_same_queries_for_one_and_three(
    organisation, role, recruiter, signed_in, now, count, django_assert_num_queries
):
    client = signed_in(recruiter)
    tests = [create_test(role=role, plan=small_plan(), member=recruiter, now=now) for _ in range(count)]
    for number in range(count):
        invite(test=tests[0], application=applicant(role, now, f"Person {number}"), member=recruiter, now=now)
    client.get(at(organisation))
    with django_assert_num_queries(LIST_QUERIES):
        assert len(client.get(at(organisation)).context["tests"]) == count
    with django_assert_num_queries(TEST_QUERIES):
        assert len(client.get(at(organisation, f"test/{tests[0].ref}/")).context["takings"]) == count


LIST_QUERIES = 5
TEST_QUERIES = 10


def test_hiring_manager_sees_the_own_roles_tests_and_makes_none(
    organisation, role, knowledge_test, taking, make_member, signed_in
):
    manager = make_member(organisation, MemberKind.HIRING_MANAGER)
    client = signed_in(manager)
    assert client.get(at(organisation, f"test/{knowledge_test.ref}/")).status_code == 404
    RoleMember.objects.create(role=role, member=manager, duty=RoleDuty.HIRING_MANAGER)
    pages = [at(organisation, f"test/{knowledge_test.ref}/"), at(organisation, f"taking/{taking.ref}/")]
    assert [client.get(page).status_code for page in pages] == [200, 200]
    posts = [f"test/{knowledge_test.ref}/close", f"taking/{taking.ref}/cancel", f"new/{role.ref}/"]
    assert [client.post(at(organisation, path)).status_code for path in posts] == [403, 403, 403]


def test_family_page_shows_a_variant_and_its_key(organisation, signed_in, recruiter):
    family = min(bank().families, key=lambda one: one.id)
    page = f"/o/{organisation.slug}/questions/{family.id}/"
    client = signed_in(recruiter)
    bodies = [client.get(f"{page}?seed={seed}") for seed in ("3", "x", "-1", "9" * 30, "")]
    assert [body.status_code for body in bodies] == [200] * 5
    assert bodies[0].context["seed"] == 3
    assert client.get(f"/o/{organisation.slug}/questions/no/such/").status_code == 404


def test_family_is_retired_with_a_reason_and_restored(organisation, signed_in, recruiter):
    family = min(bank().families, key=lambda one: one.id).id
    client = signed_in(recruiter)
    note = f"/o/{organisation.slug}/questions/{family}/note"
    assert client.post(note, {"action": "retire", "reason": " "}).status_code == 422
    client.post(note, {"action": "retire", "reason": "Passed on in a forum"})
    rows = client.get(f"/o/{organisation.slug}/questions/").context["rows"]
    assert [row.id for row in rows if row.is_retired] == [family]
    client.post(note, {"action": "restore"})
    assert [one.state for one in FamilyNote.objects.all()] == [FamilyState.RETIRED, FamilyState.RESTORED]


def test_list_of_families_counts_only_the_own_answers(
    organisation, other_organisation, taking, signed_in, recruiter, make_member, now
):
    moment = taking.created_at
    asked = current(taking=begin(taking=taking, now=moment), now=moment).asked
    answer(taking=taking, question=asked.ref, given=right(asked), now=moment)
    rows = signed_in(recruiter).get(f"/o/{organisation.slug}/questions/").context["rows"]
    assert [(row.id, row.answered, row.right) for row in rows if row.answered] == [(asked.family, 1, "100%")]
    stranger = make_member(other_organisation, MemberKind.RECRUITER)
    rows = signed_in(stranger).get(f"/o/{other_organisation.slug}/questions/").context["rows"]
    assert [row for row in rows if row.answered] == []
    note_family(member=stranger, family=asked.family, state=FamilyState.RETIRED, reason="No", now=now)
    rows = signed_in(recruiter).get(f"/o/{organisation.slug}/questions/").context["rows"]
    assert [row for row in rows if row.is_retired] == []
    assert Asked.objects.count() == 1


def test_signal_is_a_prompt_that_leads_to_its_questions(organisation, taking, signed_in, recruiter, now):
    families = [one.id for one in bank().families if one.domain == "statistics"][:10]
    taking.state, taking.begun_at, taking.ended_at = TakingState.ENDED, now, now
    taking.ends_at, taking.stop = now + timedelta(minutes=9), Stop.LENGTH
    taking.save()
    rows = Asked.objects.bulk_create(
        Asked(taking=taking, position=place, family=family, slot=0, seed=1, competency="statistics", discrimination=1.5,
              difficulty=place / 2 - 2.5, parameters="start", shown_at=now, answered_at=now, category=int(place > 5),
              variant=msgspec.to_builtins(variant_of(family=family, seed=1)), answer=None)
        for place, family in enumerate(families)
    )  # fmt: skip
    text = signed_in(recruiter).get(at(organisation, f"taking/{taking.ref}/")).content.decode()
    assert "To ask about" in text
    assert f'href="#{rows[0].ref}"' in text
    assert f'href="#{rows[-1].ref}"' in text
    assert "no verdicts" in text
    Asked.objects.filter(taking=taking).update(category=1)
    assert "nothing stands out" in signed_in(recruiter).get(at(organisation, f"taking/{taking.ref}/")).content.decode()


def test_groups_are_compared_by_who_may_audit(organisation, signed_in, recruiter, make_member):
    page = f"/o/{organisation.slug}/questions/groups/"
    assert signed_in(recruiter).get(page).status_code == 403
    auditor = signed_in(make_member(organisation, MemberKind.AUDITOR))
    assert "Nothing has been compared yet" in auditor.get(page).content.decode()
    upload = SimpleUploadedFile("groups.csv", b"person,group\na,x\nb,y\n")
    answered = auditor.post(page, {"file": upload})
    assert (answered.status_code, "needs 50 people" in answered.content.decode()) == (409, True)
    assert auditor.post(page).status_code == 422


def test_finding_is_told_in_words_on_the_familys_page(organisation, signed_in, recruiter, now):
    family = bank().families[0].id
    GroupFinding.objects.create(
        organisation=organisation, family=family, reference="x", focal="y", reference_people=300, focal_people=250,
        delta=-1.9, delta_low=-2.4, delta_high=-1.4, ets_class="C", may_act=True, made_at=now,
    )  # fmt: skip
    Asked.objects.all().delete()
    body = signed_in(recruiter).get(f"/o/{organisation.slug}/questions/{family}/").content.decode()
    assert "A large difference: harder for “y” at the same level. Look at the wording" in body
