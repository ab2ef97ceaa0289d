"""What stands in a person's own record: their résumé and what was measured, without other people's words."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction

from assay.accounts.models import Organisation
from assay.applications.models import Application
from assay.applications.rules import ENDED
from assay.audit.services import record
from assay.decisions.candidates import CANDIDATE
from assay.decisions.models import Case
from assay.decisions.recordfile import FORMAT, fingerprint_of, public_bytes, signed_file, signing_key
from assay.evidence.beliefs import OWN_WORDS
from assay.evidence.choices import SourceKind
from assay.evidence.export import json_resume
from assay.evidence.ledger import standing_observations
from assay.evidence.ledger_selectors import live_belief
from assay.evidence.models import Observation
from assay.evidence.selectors import profile_of
from assay.science.belief import level_of

LEVELS = ("first steps", "basic", "solid", "strong", "expert")
AFTER_THE_END = frozenset({SourceKind.INTERVIEW, SourceKind.REFERENCE})
"""What people said of somebody is told once the application has ended, so that nobody's rating is steered."""


def key_of(organisation: Organisation) -> Ed25519PrivateKey:
    """Yield the key that signs an organisation's records."""
    return signing_key(secret=settings.SECRET_KEY, organisation=organisation.ref)


def key_fingerprint(organisation: Organisation) -> str:
    """Yield the fingerprint by which a record's issuer is recognised."""
    return fingerprint_of(public_bytes(key_of(organisation)))


def record_file(*, case: Case, now: datetime) -> bytes:
    """Yield a candidate's own record, signed, for them to take along; recorded as given out."""
    made = signed_file(record=record_of(application=case.application, now=now), key=key_of(case.organisation))
    with transaction.atomic():
        record(
            organisation=case.organisation, kind="record.given", subject_type="application",
            subject_ref=case.application.ref, actor=CANDIDATE, now=now, facts={"format": FORMAT, "bytes": len(made)},
        )  # fmt: skip
    return made


def record_of(*, application: Application, now: datetime) -> dict[str, Any]:
    """Yield what the record says: text and whole numbers only."""
    person = application.person
    resume = json_resume(profile_of(person))
    resume.setdefault("basics", {}).setdefault("name", person.name)
    return {
        "issuer": {"organisation": application.organisation.name},
        "issued_at": now.isoformat(timespec="seconds"),
        "application": {"role": application.role.title, "applied_on": application.applied_at.date().isoformat()},
        "resume": resume,
        "evidence": _evidence(application),
    }


def _evidence(application: Application) -> list[dict[str, Any]]:
    """Yield what was measured, a competency an entry, with the level believed; own words make none."""
    hidden = OWN_WORDS if application.state in ENDED else OWN_WORDS | AFTER_THE_END
    rows: dict[str, list[Observation]] = defaultdict(list)
    for row in standing_observations(application.person).exclude(source_kind__in=hidden):
        rows[row.competency].append(row)
    live = live_belief(person=application.person)
    found = []
    for place, entry in enumerate(live.catalogue.competencies):
        if entry.id in rows:
            found.append(
                {
                    "competency": entry.id,
                    "name": entry.name,
                    "level": LEVELS[level_of(ability=float(live.belief.mean[place])) - 1],
                    "sources": _sources(rows[entry.id]),
                    "numbers": live.numbers.version,
                }
            )
    return found


def _sources(rows: Sequence[Observation]) -> list[dict[str, Any]]:
    kinds: dict[str, list[Observation]] = defaultdict(list)
    for row in rows:
        kinds[row.source_kind].append(row)
    return [
        {
            "source": SourceKind(kind).label,
            "observations": len(found),
            "latest_on": max(row.observed_date or row.created_at.date() for row in found).isoformat(),
            **(
                {"tasks": titles}
                if (titles := sorted({str(one.facts["task"]) for one in found if one.facts.get("task")}))
                else {}
            ),
        }
        for kind, found in sorted(kinds.items())
    ]
