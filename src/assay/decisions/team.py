"""Common mistakes of hiring, found in how a team decides on a role: counts and words, never names."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Exists, F, OuterRef

from assay.applications.models import Application
from assay.applications.rules import ACTIVE
from assay.decisions.choices import Outcome, Said
from assay.decisions.models import Decision, DecisionRule, Vote
from assay.evidence.choices import SourceKind
from assay.evidence.models import Observation
from assay.interviews.models import Scorecard
from assay.people.choices import ContactKind
from assay.roles.models import Role

LEAST_DECISIONS, LEAST_CARDS = 4, 8
"""From so many on a share says something."""
OFTEN, MOST = 1 / 3, 0.6

_CREDENTIALS = re.compile(
    r"\b(?:ph\.? ?d|doctorate|alma mater|ivy league|faang|years of experience"
    r"|(?:bachelor|master)['’]?s?(?: of (?:science|arts|engineering|business)| degree)"
    r"|(?:university|college|school) (?:name|ranking|degree)"
    r"|(?:top|elite|good|renowned|prestigious) (?:university|school|college|company)"
    r"|(?<!some )(?<!certain )(?<!high )degree (?:in|from))\b",
    re.IGNORECASE,
)
_FIT = re.compile(
    r"\b(?:cultur(?:e|al)(?:ly)?[ -](?:a )?(?:fit|match|add)"
    r"|fits? (?:in(?:to)? )?(?:our|the|with the|with our) (?:culture|team|vibe)"
    r"|gut feeling|(?:one|not one) of us|good vibe)\b",
    re.IGNORECASE,
)


class TeamFlag(NamedTuple):
    """One thing to look at: what was found, out of how many, and what helps."""

    key: str
    what: str
    help: str


def names_credentials(text: str) -> bool:
    """Tell whether a reason rests on where somebody was, not on what they showed."""
    return _CREDENTIALS.search(text) is not None


def names_fit(text: str) -> bool:
    """Tell whether a reason is a feeling of likeness, which no scale holds."""
    return _FIT.search(text) is not None


def team_flags(*, role: Role, now: datetime) -> list[TeamFlag]:
    """Yield what to look at in how a role is decided on. Nine queries, whatever the number of candidates."""
    reasons = _reasons(role)
    found = [
        _counted("credentials", sum(map(names_credentials, reasons)), len(reasons),
                 "reasons of votes and decisions rest on schools, degrees, employers or years",
                 "Years and schools say little about the work. Write what the person showed, on which competency."),
        _counted("fit", sum(map(names_fit, reasons)), len(reasons),
                 "reasons speak of culture fit or a feeling",
                 "Likeness is not a competency. Rate collaboration on its anchors instead, with the words behind it."),
        *_of_rule(role), *_of_cards(role), *_of_decisions(role), *_of_links(role), *_of_answers(role, now),
    ]  # fmt: skip
    return [flag for flag in found if flag is not None]


def _reasons(role: Role) -> list[str]:
    votes = Vote.objects.filter(case__application__role=role).values_list("reason", flat=True)
    decisions = Decision.objects.filter(case__application__role=role).values_list("reason", "override_reason")
    return [*votes, *(" ".join(pair) for pair in decisions)]


def _of_rule(role: Role) -> Iterable[TeamFlag | None]:
    first = DecisionRule.objects.filter(role=role).order_by("number").first()
    if first is not None and first.applicants_before:
        yield TeamFlag(
            "rule",
            f"The rule was registered after {first.applicants_before} had applied.",
            "Agree on the next role's rule before its first candidate: a rule made while looking at people fits them.",
        )


def _of_cards(role: Role) -> Iterable[TeamFlag | None]:
    cards = Scorecard.objects.filter(interview__application__role=role, is_training=False, handed_in_at__isnull=False)
    total = cards.count()
    after = cards.filter(interview__application__case__revealed_at__lt=F("handed_in_at")).count()
    yield _counted(
        "late_scorecards", after, total, "scorecards came in after the team had begun to vote",
        "What was heard belongs on paper before others are heard. Ask for it on the day, or vote later.",
    )  # fmt: skip
    busiest = cards.values("member").annotate(count=Count("pk")).order_by("-count").values_list("count", flat=True)
    if total >= LEAST_CARDS and busiest[0] / total > MOST:
        yield TeamFlag(
            "one_rater",
            f"One person handed in {busiest[0]} of {total} scorecards.",
            "One person's eye decides then, and tires. Two more interviewers, in training at first, share the load.",
        )


def _of_decisions(role: Role) -> Iterable[TeamFlag | None]:
    decisions = list(Decision.objects.filter(case__application__role=role).values_list("outcome", "rule_said"))
    agreed = {(Outcome.OFFER.value, Said.HIRE.value), (Outcome.DECLINE.value, Said.DECLINE.value)}
    departed = sum(pair not in agreed for pair in decisions)
    if len(decisions) >= LEAST_DECISIONS and departed / len(decisions) > OFTEN:
        yield TeamFlag(
            "departures",
            f"{departed} of {len(decisions)} decisions depart from the registered rule.",
            "The rule asks for the wrong things, or is not looked at. Read the reasons, and open a new version.",
        )


def _of_links(role: Role) -> Iterable[TeamFlag | None]:
    """Yield that work which people published was never looked at, where they were decided on."""
    seen = Observation.objects.filter(person=OuterRef("person"), source_kind=SourceKind.PORTFOLIO)
    decided = Application.objects.filter(role=role, case__decisions__isnull=False).filter(
        person__contacts__kind=ContactKind.LINK, person__contacts__normal__regex=r"(github|gitlab|huggingface|kaggle)"
    )
    rows = list(decided.annotate(is_seen=Exists(seen)).distinct().values_list("pk", "is_seen"))
    unseen = sum(not is_seen for _, is_seen in rows)
    yield _counted(
        "portfolio", unseen, len(rows), "people who showed their code were decided on before anybody read it",
        "Their own work is what they are proud of. Read one repository, or ask about it in the interview.",
    )  # fmt: skip


def _of_answers(role: Role, now: datetime) -> Iterable[TeamFlag | None]:
    running = Application.objects.filter(role=role, state__in=ACTIVE, person__merged_into=None)
    total = running.count()
    late = running.filter(answer_by__lt=now.date()).count()
    yield _counted(
        "late_answers", late, total, "people wait beyond the answer that they were promised",
        "Tell them today where they stand; a date that is moved with a word is kept.",
    )  # fmt: skip


def _counted(key: str, count: int, total: int, what: str, helps: str) -> TeamFlag | None:
    return TeamFlag(key, f"{count} of {total} {what}.", helps) if count else None
