"""Jobs of the ledger."""

from assay.accounts.models import Organisation
from assay.core.clock import now
from assay.core.jobs import task
from assay.evidence.ledger import compute_beliefs


@task()
def refresh_beliefs(*, organisation_id: int) -> None:
    """Work out the beliefs of an organisation that are missing or of another version."""
    organisation = Organisation.objects.filter(pk=organisation_id).first()
    if organisation is not None:
        compute_beliefs(organisation=organisation, now=now())
