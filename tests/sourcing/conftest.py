from datetime import UTC, datetime

import pytest

from assay.evidence.reader import Read
from assay.reading.read import read_document
from assay.reading.resume import read_resume
from assay.roles.choices import RoleState
from assay.roles.models import Role
from assay.sourcing.models import Channel
from assay.sourcing.services import add_file, close_import, create_import
from assay.sourcing.working import read_item

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def resume_text(name="Amara Okafor", email="amara@mail.example", extra=""):
    return (
        f"{name}\n{email} · +49 171 1234567 · Berlin\n\nExperience\n"
        f"ML engineer, Kornfeld GmbH\n2021 – today\n- Moved the demand forecast of {name} to a service.\n{extra}\n"
    ).encode()


def read(*, data, file_name, organisation, today):
    """Read in this process and without the competency map: what the import does is tested, not the reader."""
    document = read_document(data=data, file_name=file_name)
    return Read(document, read_resume(document=document), (), "1")


@pytest.fixture
def role(organisation, recruiter):
    return Role.objects.create(
        organisation=organisation,
        title="Senior ML engineer",
        state=RoleState.OPEN,
        created_at=NOW,
        created_by=recruiter,
    )


@pytest.fixture
def channel(organisation):
    return Channel.objects.create(organisation=organisation, name="Career site", kind="career_site")


@pytest.fixture
def new_import(organisation, recruiter):
    def make(role=None, channel=None):
        return create_import(organisation=organisation, member=recruiter, role=role, channel=channel, now=NOW)

    return make


@pytest.fixture
def drop(recruiter):
    """Add files (name → bytes) to an import, say that these were all, and yield the items."""

    def add(batch, files, *, is_all=True):
        items = [
            add_file(batch=batch, file_name=name, data=data, byte_size=len(data), max_bytes=2**20)
            for name, data in files.items()
        ]
        if is_all:
            close_import(batch=batch, member=recruiter, now=NOW)
        return items

    return add


@pytest.fixture
def read_all():
    """Read every waiting item of an import, archives' contents too."""

    def run(batch, reader=read):
        while ids := list(batch.items.filter(state="waiting").values_list("pk", flat=True)):
            for item_id in ids:
                read_item(item_id=item_id, read=reader, now=NOW)
        batch.refresh_from_db()

    return run
