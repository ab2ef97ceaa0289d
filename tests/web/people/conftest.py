import io
from datetime import UTC, datetime

import pytest
from reportlab.pdfgen import canvas

from assay.accounts.choices import MemberKind
from assay.applications.services import apply
from assay.evidence.reader import Read
from assay.evidence.services import store_blob, store_reading
from assay.people.models import Person
from assay.reading.read import read_document
from assay.reading.resume import read_resume
from assay.roles.choices import RoleDuty, RoleState
from assay.roles.models import Role, RoleMember

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LINES = (
    "Amara Okafor",
    "amara.okafor@mail.example · +49 171 1234567 · Berlin",
    "github.com/amaraokafor",
    "Date of birth: 3 May 1991",
    "",
    "Experience",
    "ML engineer, Kornfeld GmbH",
    "2021 – today",
    "Amara moved the demand forecast to a service for 14 markets.",
    "Data scientist, Tallyr AG",
    "2018 – 2021",
    "Ran rolling backtests.",
    "",
    "Education",
    "M.Sc. Computer Science, University of Lagos, 2016 – 2018",
)
LEAKS = ("Amara", "Okafor", "amaraokafor", "mail.example", "1234567", "1991", "Lagos")


def text_file(lines=LINES):
    return "\n".join(lines).encode()


def pdf_file(lines=LINES, *, pages=1):
    stream = io.BytesIO()
    page = canvas.Canvas(stream)
    for _ in range(pages):
        for i, line in enumerate(lines):
            page.drawString(60, 780 - 18 * i, line.replace("–", "-").replace("·", "|"))
        page.showPage()
    page.save()
    return stream.getvalue()


def store(organisation, data, name="cv.txt", *, version="1"):
    document = read_document(data=data, file_name=name)
    read = Read(document, read_resume(document=document), (), version)
    blob = store_blob(data=data)
    return store_reading(organisation=organisation, blob_sha256=blob.pk, file_name=name, read=read, now=NOW)


@pytest.fixture
def add_person(organisation):
    """Store a file as a new person: ``add_person(data, name)``; by default a text of Amara Okafor."""

    def add(data=None, name="Okafor CV.txt", organisation=organisation) -> Person:
        return store(organisation, data or text_file(), name).person

    return add


@pytest.fixture
def role(organisation, recruiter):
    return Role.objects.create(organisation=organisation, title="ML engineer", state=RoleState.OPEN, created_at=NOW)


@pytest.fixture
def applied(role):
    def make(person):
        return apply(role=role, person=person, channel="Fair", applied_at=NOW, member=None, now=NOW).application

    return make


@pytest.fixture
def manager(organisation, make_member, role):
    member = make_member(organisation, MemberKind.HIRING_MANAGER, name="Ines Keller")
    RoleMember.objects.create(role=role, member=member, duty=RoleDuty.HIRING_MANAGER)
    return member


@pytest.fixture
def stranger(make_member):
    """A recruiter of another organisation."""
    from assay.accounts.models import Organisation

    elsewhere = Organisation.objects.create(slug="elsewhere", name="Elsewhere", created_at=NOW)
    return make_member(elsewhere, MemberKind.RECRUITER)
