"""The people of a page of a ranking: names, stated facts, beliefs and the words behind the claims, read as they are."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from django.db.models import F
from django.db.models.functions import Substr

from assay.evidence.choices import SourceKind
from assay.evidence.claims import Stance
from assay.evidence.models import Observation
from assay.evidence.stated import Stated
from assay.matching.assemble import Dossier, Source
from assay.matching.model import Applicant, ClaimLine, Measured
from assay.matching.ranking import Ranking, beliefs_of
from assay.matching.role import STANCE_OF, RoleModel
from assay.matching.selectors import Matched, stated_from
from assay.people.models import Person


def dossiers_of(*, found: Matched, ranking: Ranking, rows: Iterable[int]) -> dict[int, Dossier]:
    """Yield the people at these rows of a ranking with the words behind their claims, by row.

    Two queries, one more where somebody was measured. Somebody who was erased this very moment is left out.
    """
    pk_of = {row: int(ranking.people[row]) for row in rows}
    people = list(pk_of.values())
    named = Person.objects.filter(pk__in=people).values_list("pk", "name", "headline", "stated")
    known = {pk: (name, headline, stated_from(stated)) for pk, name, headline, stated in named}
    measured = [pk for row, pk in pk_of.items() if row in ranking.measured]
    beliefs = beliefs_of(people=measured) if measured else {}
    sources = _sources(people=people, found=found)
    dossiers = {}
    for row, pk in pk_of.items():
        if pk in known:
            name, headline, stated = known[pk]
            dossiers[row] = Dossier(
                person=ranking.refs[row],
                label=name or "Name not read",
                file=headline,
                applicant=_applicant(ranking, row, stated=stated, measured=beliefs.get(pk), role=found.model),
                sources=sources.get(pk, {}),
            )
    return dossiers


def _applicant(ranking: Ranking, row: int, *, stated: Stated, measured: Measured | None, role: RoleModel) -> Applicant:
    codes = ranking.codes[row]
    ids = role.competencies.ids
    return Applicant(
        key=ranking.refs[row],
        claims=tuple(
            ClaimLine(competency=ids[column], stance=STANCE_OF[int(codes[column])])
            for column in np.flatnonzero(codes).tolist()
        ),
        stated=stated,
        measured=measured,
    )


def _sources(*, people: Sequence[int], found: Matched) -> dict[int, Mapping[str, Source]]:
    rows = (
        Observation.objects.filter(
            person_id__in=people, retraction__isnull=True, source_kind=SourceKind.CLAIM,
            competency__in=found.model.demanded, start__isnull=False,
        )
        .annotate(quote=Substr("document__text", F("start") + 1, F("end") - F("start")))
        .order_by("pk")
        .values_list("person_id", "competency", "facts__stance", "quote", "start", "end", "document__file_name", "ref")
    )  # fmt: skip
    best: dict[int, dict[str, tuple[int, Source]]] = {}
    ladder = list(Stance)
    for person, competency, stance, quote, start, end, file, ref in rows:
        rank = ladder.index(Stance(stance))
        own = best.setdefault(person, {})
        if competency not in own or rank > own[competency][0]:
            phrase = found.rules.stances[Stance(stance)].phrase
            own[competency] = (rank, Source(phrase, quote, start or 0, end or 0, file or "", ref))
    return {person: {name: source for name, (_, source) in own.items()} for person, own in best.items()}
