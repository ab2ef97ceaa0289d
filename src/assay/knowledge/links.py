"""The candidate's link: signed, so that nothing secret needs to be kept, and renewable."""

from django.core.signing import BadSignature, Signer

from assay.core.errors import NotFoundError
from assay.knowledge.models import Taking

_SALT = "assay.knowledge"


def token_of(taking: Taking) -> str:
    """Yield what stands in the link: ``reference.signature``."""
    signature = Signer(salt=_SALT).signature(f"{taking.ref}:{taking.link_number}")
    return f"{taking.ref}.{signature}"


def taking_of_token(*, token: str) -> Taking:
    """Yield the taking that a link opens. Raises `NotFoundError` for a wrong, renewed or damaged one."""
    ref, _, signature = token.partition(".")
    # Not the person: a profile is large, and only the end of a test asks for it.
    taking = Taking.objects.select_related("organisation", "application__role", "test").filter(ref=ref).first()
    if taking is None or not _is_signed(taking, signature):
        message = "This link opens nothing here. Copy it whole from the mail, or ask for a new one."
        raise NotFoundError(message)
    return taking


def _is_signed(taking: Taking, signature: str) -> bool:
    signed = f"{taking.ref}:{taking.link_number}:{signature}"
    try:
        Signer(salt=_SALT).unsign(signed)
    except BadSignature:
        return False
    return True
