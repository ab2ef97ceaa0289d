"""The candidate's link: signed, so that nothing secret needs to be kept, and renewable."""

from django.core.signing import BadSignature, Signer

from assay.assessments.models import Sitting
from assay.core.errors import NotFoundError

_SALT = "assay.sitting"


def token_of(sitting: Sitting) -> str:
    """Yield what stands in the link: ``reference.signature``."""
    signature = Signer(salt=_SALT).signature(f"{sitting.ref}:{sitting.link_number}")
    return f"{sitting.ref}.{signature}"


def sitting_of_token(*, token: str) -> Sitting:
    """Yield the sitting that a link opens. Raises `NotFoundError` for a wrong, renewed or damaged one."""
    ref, _, signature = token.partition(".")
    sitting = (
        Sitting.objects.select_related("organisation", "application__person", "application__role")
        .filter(ref=ref)
        .first()
    )
    if sitting is None or not _is_signed(sitting, signature):
        message = "This link opens nothing here. Copy it whole from the mail, or ask for a new one."
        raise NotFoundError(message)
    return sitting


def _is_signed(sitting: Sitting, signature: str) -> bool:
    signed = f"{sitting.ref}:{sitting.link_number}:{signature}"
    try:
        Signer(salt=_SALT).unsign(signed)
    except BadSignature:
        return False
    return True
