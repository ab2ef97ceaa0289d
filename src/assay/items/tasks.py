"""Jobs of this package."""

from assay.core.clock import now
from assay.core.jobs import task
from assay.items.services import advance_proof, advance_variant
from assay.sandbox.choices import Priority


@task()
def prove_version(version_id: int) -> None:
    """Go on with a proof."""
    advance_proof(version_id=version_id, now=now())


@task()
def prepare_variant(variant_id: int, priority: int) -> None:
    """Go on with preparing a variant."""
    advance_variant(variant_id=variant_id, now=now(), priority=Priority(priority))
