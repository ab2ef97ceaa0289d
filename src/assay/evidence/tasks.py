"""Jobs of the ledger."""

from assay.accounts.models import Organisation
from assay.core.clock import now
from assay.core.jobs import IMPORTS, task
from assay.evidence.ledger import compute_beliefs
from assay.evidence.reader import read_file
from assay.evidence.rereading import reread_some


@task()
def refresh_beliefs(*, organisation_id: int) -> None:
    """Work out the beliefs of an organisation that are missing or of another version."""
    organisation = Organisation.objects.filter(pk=organisation_id).first()
    if organisation is not None:
        compute_beliefs(organisation=organisation, now=now())


@task(queue=IMPORTS)
def reread_documents(*, rereading_id: int) -> None:
    """Read some documents again, and queue the rest."""
    reread_some(rereading_id=rereading_id, read=read_file, now=now())
