"""From what was read of a person's documents to what is ranked and what is shown. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from assay.evidence.claims import ClaimRules, DocumentClaim, Stance
from assay.evidence.stated import Stated
from assay.matching.assemble import Dossier, Source
from assay.matching.model import Applicant, ClaimLine

_RANK = {stance: rank for rank, stance in enumerate(Stance)}


class ReadFile(NamedTuple):
    """What one document says: ``text`` is what the claims' spans point into; ``observations`` go by competency."""

    file: str
    text: str
    claims: Sequence[DocumentClaim]


def dossier_from(
    *, person: str, label: str, files: Sequence[ReadFile], stated: Stated, key: str, rules: ClaimRules
) -> Dossier:
    """Yield a person's dossier from all their documents: of several claims on one competency the strongest counts."""
    best: dict[str, tuple[ReadFile, DocumentClaim]] = {}
    for one in files:
        for claim in one.claims:
            known = best.get(claim.competency)
            if known is None or _RANK[claim.stance] > _RANK[known[1].stance]:
                best[claim.competency] = (one, claim)
    return Dossier(
        person=person,
        label=label,
        file=files[0].file if files else "",
        applicant=Applicant(
            key=key, claims=tuple(claim_line(best[competency][1]) for competency in sorted(best)), stated=stated
        ),
        sources={
            competency: source_from(file=file, claim=claim, rules=rules) for competency, (file, claim) in best.items()
        },
    )


def claim_line(claim: DocumentClaim) -> ClaimLine:
    """Yield the claim without its words."""
    return ClaimLine(competency=claim.competency, stance=claim.stance)


def source_from(*, file: ReadFile, claim: DocumentClaim, rules: ClaimRules) -> Source:
    """Yield the words behind a claim."""
    return Source(
        phrase=rules.stances[claim.stance].phrase,
        quote=file.text[claim.start : claim.end],
        start=claim.start,
        end=claim.end,
        file=file.file,
    )
