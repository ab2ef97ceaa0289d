"""Reads of tests and takings, each limited to what the member may see."""

from django.db.models import Count, Q, QuerySet

from assay.accounts.models import Member
from assay.accounts.rules import may_recruit
from assay.applications.models import Application
from assay.applications.rules import ENDED
from assay.core.errors import NotFoundError
from assay.knowledge.choices import TakingState
from assay.knowledge.models import KnowledgeTest, Taking
from assay.roles.choices import RoleDuty
from assay.roles.models import RoleMember


def knowledge_tests_visible_to(*, member: Member) -> QuerySet[KnowledgeTest]:
    """Yield the tests of the roles whose applicants the member may see, newest first, with how many take them."""
    tests = KnowledgeTest.objects.filter(organisation_id=member.organisation_id)
    if not may_recruit(member):
        own = RoleMember.objects.filter(member=member, duty=RoleDuty.HIRING_MANAGER).values("role")
        tests = tests.filter(role__in=own)
    return (
        tests.select_related("role", "organisation")
        .annotate(
            invited=Count("takings", filter=~Q(takings__state=TakingState.CANCELLED)),
            ended=Count("takings", filter=Q(takings__state=TakingState.ENDED)),
        )
        .order_by("-created_at", "-pk")
    )


def knowledge_test_visible_to(*, member: Member, ref: str) -> KnowledgeTest:
    """Yield one test. Raises `NotFoundError`."""
    found = knowledge_tests_visible_to(member=member).filter(ref=ref).first()
    if found is None:
        message = "There is no such test, or it is not of one of your roles."
        raise NotFoundError(message)
    return found


def taking_visible_to(*, member: Member, ref: str) -> Taking:
    """Yield one person's taking of a test. Raises `NotFoundError`."""
    found = (
        Taking.objects.select_related(
            "application__person", "application__role", "organisation", "test__role", "test__organisation"
        )
        .filter(ref=ref, test__in=knowledge_tests_visible_to(member=member))
        .first()
    )
    if found is None:
        message = "There is no such test of a person, or it is not of one of your roles."
        raise NotFoundError(message)
    return found


def takings_of(*, test: KnowledgeTest) -> QuerySet[Taking]:
    """Yield a test's takings, newest first, with how many questions were answered."""
    return (
        test.takings.select_related("application__person")
        .annotate(answered=Count("asked", filter=Q(asked__category__isnull=False)))
        .order_by("-created_at", "-pk")
    )


def invitable(*, test: KnowledgeTest) -> list[Application]:
    """Yield the running applications for the test's role without a link to it, oldest first."""
    invited = test.takings.exclude(state=TakingState.CANCELLED).values("application")
    return list(
        Application.objects.filter(role=test.role, person__merged_into=None)
        .exclude(state__in=ENDED)
        .exclude(pk__in=invited)
        .select_related("person")
        .order_by("applied_at", "pk")
    )
