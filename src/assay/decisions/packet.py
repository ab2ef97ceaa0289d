"""Everything about one candidate on one page, as a value: the page, the PDF and the JSON show the same."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from assay.accounts.models import Member
from assay.applications.models import Application
from assay.decisions.flags import Flag, flags_of
from assay.decisions.models import Case
from assay.decisions.nextstep import Step, next_step
from assay.decisions.rating import Agreement, RaterLine, agreement_of, raters_of_debrief
from assay.decisions.registered import Verdict, sentences_of
from assay.decisions.selectors import (
    View,
    content_of,
    raters_of,
    replies_of,
    view_of,
)
from assay.decisions.services import verdict_for
from assay.decisions.weighing import Weighed, sd_of, weighed
from assay.evidence.beliefs import OWN_WORDS
from assay.evidence.choices import SourceKind
from assay.evidence.ledger import standing_observations
from assay.evidence.models import Observation
from assay.interviews.debrief import Debrief, debrief_of
from assay.roles.profile import Demand
from assay.roles.selectors import with_current_version
from assay.science.belief import chance_at_least, level_of, threshold_of

MOST_SAID, MOST_SHOWN = 2, 4
FORMAT = "assay-packet/1"


class Struct(msgspec.Struct, frozen=True):
    """Base: immutable; nothing is left out of the JSON."""


class Evidence(Struct, frozen=True, kw_only=True):
    """One observation: its source and its words."""

    ref: str
    source: str
    words: str


class CompetencyLine(Struct, frozen=True, kw_only=True):
    """What the role asks of one competency, and what is believed; means and chances in sd of the pool and 0 to 1."""

    competency: str
    name: str
    asked_level: int
    is_must_have: bool
    level: int
    mean: float
    sd: float
    bar: float
    p_at_level: float
    is_known: bool
    """Whether any observation looks at it, own words included."""
    is_measured: bool
    """Whether more than own words stands behind it."""
    said: tuple[Evidence, ...]
    shown: tuple[Evidence, ...]
    observations: int


class Heard(Struct, frozen=True, kw_only=True):
    """One rating: by whom, the anchor, the words behind it."""

    by: str
    anchor: str
    quote: str


class AnswerLine(Struct, frozen=True, kw_only=True):
    """One question of an interview, with every rating."""

    competency: str
    ask: str
    is_apart: bool
    heard: tuple[Heard, ...]


class VoteLine(Struct, frozen=True, kw_only=True):
    """One vote."""

    by: str
    choice: str
    reason: str


class RuleLine(Struct, frozen=True, kw_only=True):
    """The registered rule, and what it says once it may be shown."""

    number: int
    registered_on: str
    by: str
    applicants_before: int
    sentences: tuple[str, ...]
    verdict: Verdict | None


class Fit(Struct, frozen=True, kw_only=True):
    """The fit to the role; None as `Weighed` has it."""

    mean: float
    sd: float
    bar: float | None
    p_above_bar: float | None
    p_must_haves: float | None


class Packet(Struct, frozen=True, kw_only=True):
    """The packet of one candidate."""

    format: str
    made_at: str
    organisation: str
    role: str
    person: str
    application: str
    state: str
    applied_on: str
    answer_by: str
    fit: Fit | None
    competencies: tuple[CompetencyLine, ...]
    flags: tuple[Flag, ...]
    replies: Mapping[str, str]
    raters: tuple[RaterLine, ...]
    agreement: Agreement | None
    answers: tuple[AnswerLine, ...]
    awaited: tuple[str, ...]
    step: Step | None
    rule: RuleLine | None
    votes: tuple[VoteLine, ...]
    decision: str
    versions: str


def packet_of(
    *,
    application: Application,
    member: Member,
    now: datetime,
    name: str,
    may_quote: bool = True,
    view: View | None = None,
) -> Packet:
    """Yield the packet as the member may see it now.

    Parameters
    ----------
    name
        What stands for the person: their name, or something blind.
    may_quote
        False in blind mode: words of documents are left out, since they may say who somebody is.
    view
        What the member may see of the votes, where the caller knows it already.
    """
    found = weighed(application=application, profile=with_current_version(role=application.role).profile)
    view = view or view_of(application=application, member=member)
    case, rule, decided = view.case, view.rule, view.decision
    debrief = debrief_of(application=application)
    raters = raters_of(application=application)
    content = content_of(rule) if rule else None
    return Packet(
        format=FORMAT,
        made_at=now.isoformat(timespec="seconds"),
        organisation=application.organisation.name,
        role=application.role.title,
        person=name,
        application=application.ref,
        state=application.get_state_display(),
        applied_on=application.applied_at.date().isoformat(),
        answer_by=application.answer_by.isoformat(),
        fit=_fit(found),
        competencies=competency_lines(application=application, found=found, may_quote=may_quote),
        flags=flags_of(person=application.person, live=found.live),
        replies=replies_of(case),
        raters=raters_of_debrief(application=application, debrief=debrief),
        agreement=agreement_of(application=application, debrief=debrief),
        answers=_answers(debrief, found),
        awaited=tuple(f"{one.interview.kit.title}: {', '.join(map(str, one.members))}" for one in debrief.awaited),
        step=next_step(
            application=application, found=found, raters=raters, least_raters=content.least_raters if content else 2
        ),
        rule=None
        if rule is None or content is None
        else RuleLine(
            number=rule.number,
            registered_on=rule.registered_at.date().isoformat(),
            by=str(rule.member or ""),
            applicants_before=rule.applicants_before,
            sentences=tuple(sentences_of(content)),
            verdict=_verdict(case, found) if view.is_rule_shown else None,
        ),
        votes=tuple(
            VoteLine(by=str(vote.member), choice=vote.get_choice_display(), reason=vote.reason) for vote in view.votes
        ),
        decision=decided.get_outcome_display() if decided else "",
        versions=found.live.numbers.version,
    )


def as_json(packet: Packet) -> bytes:
    """Yield a packet as indented JSON."""
    return msgspec.json.format(msgspec.json.encode(packet), indent=2)


def _verdict(case: Case | None, found: Weighed) -> Verdict | None:
    return verdict_for(case=case, found=found) if case is not None else None


def _fit(found: Weighed) -> Fit | None:
    if found.fit is None:
        return None
    return Fit(
        mean=found.fit.mean, sd=found.fit.sd, bar=found.fit.bar, p_above_bar=found.fit.p_above_bar,
        p_must_haves=found.p_together,
    )  # fmt: skip


def competency_lines(*, application: Application, found: Weighed, may_quote: bool = True) -> tuple[CompetencyLine, ...]:
    """Yield what the role asks for, the heaviest first, with what is believed and what stands behind it. One query."""
    if found.role is None:
        return ()
    place = found.role.competencies.place
    demands = {demand.competency: demand for demand in found.profile.demands}
    rows = _rows(application, list(found.demanded))
    return tuple(
        _line(found, demands[name], place[name], rows.get(name, []), may_quote=may_quote) for name in found.demanded
    )


def _rows(application: Application, names: Sequence[str]) -> dict[str, list[Observation]]:
    """Yield the standing observations on some competencies, the newest first; one query, without heavy columns."""
    rows = standing_observations(application.person).filter(competency__in=names)
    found: dict[str, list[Observation]] = defaultdict(list)
    heavy = ("document__reading", "document__resume", "document__skills")
    for row in rows.select_related("document").defer(*heavy).order_by("-pk"):
        found[row.competency].append(row)
    return found


def _line(
    found: Weighed, demand: Demand, place: int, rows: Sequence[Observation], *, may_quote: bool
) -> CompetencyLine:
    belief = found.live.belief
    said = [row for row in rows if row.source_kind in OWN_WORDS]
    shown = [row for row in rows if row.source_kind not in OWN_WORDS]
    mean = float(belief.mean[place])
    return CompetencyLine(
        competency=demand.competency,
        name=found.live.catalogue.competency(demand.competency).name,
        asked_level=demand.level,
        is_must_have=demand.is_must_have,
        level=level_of(ability=mean),
        mean=mean,
        sd=sd_of(found.live, place),
        bar=threshold_of(level=demand.level),
        p_at_level=chance_at_least(belief=belief, competency=place, level=demand.level),
        is_known=bool(rows),
        is_measured=bool(shown),
        said=tuple(_evidence(row, may_quote=may_quote) for row in said[:MOST_SAID]),
        shown=tuple(_evidence(row, may_quote=may_quote) for row in shown[:MOST_SHOWN]),
        observations=len(rows),
    )


def _evidence(row: Observation, *, may_quote: bool) -> Evidence:
    words = str(row.facts.get("anchor") or row.facts.get("title") or row.facts.get("task") or "")
    if row.source_kind in OWN_WORDS and row.document is not None and row.start is not None and may_quote:
        words = " ".join(row.document.text[row.start : row.end].split())
    return Evidence(ref=row.ref, source=SourceKind(row.source_kind).label, words=words)


def _answers(debrief: Debrief, found: Weighed) -> tuple[AnswerLine, ...]:
    names = {one.id: one.name for one in found.live.catalogue.competencies}
    return tuple(
        AnswerLine(
            competency=names.get(one.question.competency, one.question.competency),
            ask=one.question.ask,
            is_apart=one.is_apart,
            heard=tuple(Heard(by=str(heard.member), anchor=heard.anchor, quote=heard.quote) for heard in one.heard),
        )
        for one in debrief.answers
    )
