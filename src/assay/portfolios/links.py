"""The candidate's link to their portfolio, and the proof that an address was read by its owner."""

from django.core.signing import BadSignature, Signer

from assay.core.errors import NotFoundError
from assay.portfolios.models import Address, Portfolio

_SALT = "assay.portfolio"
_MAIL_SALT = "assay.portfolio.mail"


def token_of(portfolio: Portfolio) -> str:
    """Yield what stands in the link: ``reference.signature``."""
    return f"{portfolio.ref}.{Signer(salt=_SALT).signature(f'{portfolio.ref}:{portfolio.link_number}')}"


def portfolio_of_token(*, token: str) -> Portfolio:
    """Yield the portfolio that a link opens. Raises `NotFoundError` for a wrong, renewed or damaged one."""
    ref, _, signature = token.partition(".")
    found = Portfolio.objects.select_related("organisation", "application__person", "application__role")
    portfolio = found.filter(ref=ref).first()
    if portfolio is None or not _is_signed(_SALT, f"{ref}:{portfolio.link_number}", signature):
        raise NotFoundError("This link opens nothing here. Copy it whole from the mail, or ask for a new one.")
    return portfolio


def proof_of(address: Address) -> str:
    """Yield what only somebody who reads the address's mail can know."""
    return Signer(salt=_MAIL_SALT).signature(f"{address.portfolio.ref}:{address.email}")


def address_of_proof(*, portfolio: Portfolio, proof: str) -> Address:
    """Yield the address that a proof is of. Raises `NotFoundError`."""
    for address in portfolio.addresses.select_related("portfolio"):
        if _is_signed(_MAIL_SALT, f"{portfolio.ref}:{address.email}", proof):
            return address
    raise NotFoundError("This link confirms nothing. Copy it whole from the newest mail.")


def _is_signed(salt: str, value: str, signature: str) -> bool:
    try:
        Signer(salt=salt).unsign(f"{value}:{signature}")
    except BadSignature:
        return False
    return True
