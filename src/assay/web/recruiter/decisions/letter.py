"""The letter of an offer as PDF: the same for whoever opens it. Words of people go in as data, never as markup."""

from datetime import date

from assay.decisions.models import Offer
from assay.web.recruiter.decisions.paper import pdf_from


def letter_pdf(*, offer: Offer) -> bytes:
    """Yield an offer's letter on A4."""
    application = offer.case.application
    return pdf_from(template="letter.typ", data={
        "organisation": offer.case.organisation.name,
        "person": str(application.person),
        "role": application.role.title,
        "made_on": _day(offer.sent_at or offer.made_at),
        "is_draft": offer.sent_at is None,
        "rows": [
            ["Position", application.role.title],
            ["Pay", f"{offer.amount:,} {offer.currency} {offer.get_period_display()}"],
            ["First day", _day(offer.starts_date)],
            ["Place of work", offer.place],
        ],
        "words": offer.words,
        "answer_by": _day(offer.answer_by),
        "by": str(offer.member),
        "signed": f"Accepted by {offer.signed_name} on {_day(offer.answered_at)}"
        if offer.answered_at and offer.signed_name else "",
    })  # fmt: skip


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
