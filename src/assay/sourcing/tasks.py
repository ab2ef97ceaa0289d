"""Jobs of this package: ids in, a service called."""

from assay.core.clock import now
from assay.core.jobs import IMPORTS, task
from assay.evidence.reader import read_file
from assay.sourcing.working import read_item


@task(queue=IMPORTS)
def read_import_item(item_id: int) -> None:
    """Read one file of an import."""
    read_item(item_id=item_id, read=read_file, now=now())
