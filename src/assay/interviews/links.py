"""The candidate's link: signed, so that nothing secret needs to be kept, and renewable."""

from django.core.signing import BadSignature, Signer

from assay.core.errors import NotFoundError
from assay.interviews.models import Interview

_SALT = "assay.interview"


def token_of(interview: Interview) -> str:
    """Yield what stands in the link: ``reference.signature``."""
    signature = Signer(salt=_SALT).signature(f"{interview.ref}:{interview.link_number}")
    return f"{interview.ref}.{signature}"


def interview_of_token(*, token: str) -> Interview:
    """Yield the interview that a link opens. Raises `NotFoundError` for a wrong, renewed or damaged one."""
    ref, _, signature = token.partition(".")
    interview = (
        Interview.objects.select_related("organisation", "application__person", "application__role", "kit")
        .filter(ref=ref)
        .first()
    )
    if interview is None or not _is_signed(interview, signature):
        message = "This link opens nothing here. Copy it whole from the mail, or ask for a new one."
        raise NotFoundError(message)
    return interview


def _is_signed(interview: Interview, signature: str) -> bool:
    try:
        Signer(salt=_SALT).unsign(f"{interview.ref}:{interview.link_number}:{signature}")
    except BadSignature:
        return False
    return True
