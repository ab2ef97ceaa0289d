"""How long the packet of one candidate takes, as a page, as JSON and as PDF.

``python -m bench.packet [--observations 75] [--cards 300] [--rounds 30]`` against an own throw-away database. Needs no
data: it makes the example, adds test answers to the candidate who was decided on, and scorecards of others.
"""

import argparse
import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bench.interviews import tell

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--observations", type=int, default=75)
    given.add_argument("--cards", type=int, default=300)
    given.add_argument("--rounds", type=int, default=30)
    wanted = given.parse_args()
    home = Path(tempfile.mkdtemp())
    home.chmod(0o755)  # started by root, the database runs as somebody else
    os.environ["ASSAY_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "assay.server.settings"
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from assay.server.postgres import Supervisor  # noqa: PLC0415 -- after the environment is set

    supervisor = Supervisor(home=home, is_durable=False)
    supervisor.start()
    try:
        measure(observations=wanted.observations, cards=wanted.cards, rounds=wanted.rounds)
    finally:
        supervisor.stop()
        shutil.rmtree(home, ignore_errors=True)


def measure(*, observations: int, cards: int, rounds: int) -> None:
    import django  # noqa: PLC0415 -- as above

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 -- as above
    from django.test import Client  # noqa: PLC0415 -- as above

    from assay.core import clock  # noqa: PLC0415 -- as above
    from assay.decisions.models import Case  # noqa: PLC0415 -- as above
    from assay.evidence.ledger import standing_observations  # noqa: PLC0415 -- as above
    from assay.example.organisation import make_example  # noqa: PLC0415 -- as above

    call_command("migrate", verbosity=0)
    organisation = make_example(now=clock.now())
    case = Case.objects.get(organisation=organisation, decisions__isnull=False)
    answered(case.application, observations)
    rated(organisation, cards)
    client = Client(HTTP_HOST="localhost")
    client.force_login(case.application.role.role_members.get(duty="hiring_manager").member.user)
    path = f"/o/{organisation.slug}/decisions/{case.application.role.ref}/{case.application.ref}/"
    assert client.get(path).status_code == 200  # noqa: S101 -- a bench that measures nothing should stop
    print(f"{standing_observations(case.application.person).count()} observations, {cards} scorecards of others")
    for name, address in (("page", path), ("JSON", path + "packet.json"), ("PDF", path + "packet.pdf")):
        tell(name, lambda address=address: client.get(address), rounds)


def answered(application, least: int) -> None:
    """Give a candidate answers to test questions until they have so many observations."""
    from assay.evidence.ledger import standing_observations  # noqa: PLC0415 -- after django.setup
    from assay.evidence.models import Observation  # noqa: PLC0415 -- as above
    from assay.roles.selectors import with_current_version  # noqa: PLC0415 -- as above

    names = [one.competency for one in with_current_version(role=application.role).profile.demands]
    left = least - standing_observations(application.person).count()
    Observation.objects.bulk_create(
        Observation(
            organisation=application.organisation, person=application.person, competency=names[number % len(names)],
            source_kind="test_item", value=float(number % 3 > 0), created_at=NOW,
            facts={"difficulties": [0.1 * (number % 7) - 0.3], "title": "A question", "level": 3},
        )
        for number in range(max(left, 0))
    )  # fmt: skip


def rated(organisation, count: int) -> None:
    """Make scorecards of other candidates, two to an interview, by ten interviewers."""
    from assay.accounts.models import Member, User  # noqa: PLC0415 -- after django.setup
    from assay.applications.models import Application  # noqa: PLC0415 -- as above
    from assay.interviews.models import Interview, Kit, Rating, Scorecard  # noqa: PLC0415 -- as above

    kit = Kit.objects.filter(organisation=organisation)[0]
    others = list(Application.objects.filter(organisation=organisation, case=None))
    members = []
    for number in range(10):
        user = User.objects.create_user(email=f"r{number}@bench.example", name=f"R {number}", created_at=NOW)
        members.append(
            Member.objects.create(organisation=organisation, user=user, kinds=["interviewer"], created_at=NOW)
        )
    for number in range(count // 2):
        application = others[number % len(others)]
        interview = Interview.objects.create(
            organisation=organisation, application=application, kit=kit, state="done", starts_at=NOW, ends_at=NOW,
            book_by=NOW, created_at=NOW,
        )  # fmt: skip
        for place in range(2):
            member = members[(number + place * (1 + number % 4)) % 10]
            card, is_new = Scorecard.objects.get_or_create(
                interview=interview, member=member,
                defaults={"due_at": NOW, "handed_in_at": NOW, "recorded_at": NOW},
            )  # fmt: skip
            if is_new:
                Rating.objects.bulk_create(
                    Rating(scorecard=card, question=question["id"], competency=question["competency"], quote="Said so",
                           value=1 + (number * 7 + place + at * 3) % 5)
                    for at, question in enumerate(kit.questions)
                )  # fmt: skip


if __name__ == "__main__":
    main()
