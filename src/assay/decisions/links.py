"""The candidate's link to where their application stands: signed, so that nothing secret is kept, and renewable."""

from django.core.signing import BadSignature, Signer

from assay.core.errors import NotFoundError
from assay.decisions.models import Case

_SALT = "assay.decision"


def token_of(case: Case) -> str:
    """Yield what stands in the link: ``reference.signature``."""
    signature = Signer(salt=_SALT).signature(f"{case.ref}:{case.link_number}")
    return f"{case.ref}.{signature}"


def case_of_token(*, token: str) -> Case:
    """Yield the case that a link opens. Raises `NotFoundError` for a wrong, renewed or damaged one."""
    ref, _, signature = token.partition(".")
    case = (
        Case.objects.select_related("organisation", "application__person", "application__role", "rule")
        .filter(ref=ref)
        .first()
    )
    if case is None or not _is_signed(case, signature):
        raise NotFoundError("This link opens nothing here. Copy it whole from the mail, or ask for a new one.")
    return case


def _is_signed(case: Case, signature: str) -> bool:
    try:
        Signer(salt=_SALT).unsign(f"{case.ref}:{case.link_number}:{signature}")
    except BadSignature:
        return False
    return True
