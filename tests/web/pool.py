"""A small pool of applicants for tests: real rows, made as the product makes them."""

import hashlib

import msgspec

from assay.applications.models import Application
from assay.evidence.choices import DocumentState
from assay.evidence.ledger import compute_beliefs, sync_claims
from assay.evidence.models import Blob, Document
from assay.people.models import Person
from assay.reading.model import Depth, Resume, SkillContext, SkillMention
from assay.roles.models import Role, RoleVersion
from assay.roles.profile import Demand, RoleProfile

PROFILE = RoleProfile(
    title="ML engineer",
    demands=(
        Demand(competency="python", level=3, weight=1.0, is_must_have=True),
        Demand(competency="pytorch", level=4, weight=1.0, is_must_have=True),
        Demand(competency="deployment", level=3, weight=1.0),
    ),
)


def make_role(organisation, now, profile=PROFILE, title="ML engineer"):
    role = Role.objects.create(organisation=organisation, title=title, state="open", created_at=now)
    RoleVersion.objects.create(
        role=role, number=1, created_at=now, profile=msgspec.to_builtins(profile), map_version="test"
    )
    return role


def make_applicant(role, now, name, words, *, state="new", channel="", extra=""):
    """``words``: competency → (sentence, context, depth); each sentence becomes a line of the document."""
    text, mentions = f"{name}\n{extra}\n", []
    for competency, (sentence, context, depth) in words.items():
        start = len(text)
        text += sentence + "\n"
        mentions.append(
            SkillMention(
                competency=competency,
                term=competency,
                start=start,
                end=start + 6,
                quote_start=start,
                quote_end=start + len(sentence),
                context=context,
                depth=depth,
            )
        )
    person = Person.objects.create(organisation=role.organisation, name=name, created_at=now, updated_at=now)
    data = text.encode()
    digest = hashlib.sha256(data).hexdigest()
    blob = Blob.objects.create(sha256=digest, data=data, byte_size=len(data))
    Document.objects.create(
        organisation=role.organisation, person=person, blob=blob, file_name=f"{name}.txt", media_type="text/plain",
        state=DocumentState.READ, text=text, reading={"media_type": "text/plain"}, resume=msgspec.to_builtins(Resume()),
        skills=msgspec.to_builtins(mentions), created_at=now, read_at=now,
    )  # fmt: skip
    Application.objects.create(
        organisation=role.organisation, role=role, person=person, state=state, channel=channel, applied_at=now,
        answer_by=now.date(), state_since=now,
    )  # fmt: skip
    sync_claims(person=person, now=now)
    return person


def strong(now, role, name="Amara Okafor", **more):
    return make_applicant(
        role,
        now,
        name,
        {
            "python": ("Built services in Python for 14 markets.", SkillContext.EMPLOYMENT, Depth.STATED),
            "pytorch": ("Led training of models with PyTorch.", SkillContext.EMPLOYMENT, Depth.STRONG),
            "deployment": ("Deployed demand forecasts.", SkillContext.EMPLOYMENT, Depth.STATED),
        },
        **more,
    )


def weak(now, role, name="Rafael Souza", **more):
    return make_applicant(role, now, name, {"python": ("Python", SkillContext.LIST, Depth.STATED)}, **more)


def frank(now, role, name="Mei Tan", **more):
    return make_applicant(
        role,
        now,
        name,
        {"pytorch": ("No experience with PyTorch yet.", SkillContext.SUMMARY, Depth.NEGATED)},
        **more,
    )


def compute(organisation, now):
    return compute_beliefs(organisation=organisation, now=now)
