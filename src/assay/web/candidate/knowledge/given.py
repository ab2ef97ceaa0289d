"""What a question's form sent, as an answer. What cannot be one is refused when it is marked, not here."""

from django.http import QueryDict

from assay.itembank.model import ChoiceKey, LineKey, OrderKey, Variant
from assay.knowledge.working import Answer, NotAnAnswerError

SKIP = "skip"
"""The button “I do not know”."""


def answer_of(*, variant: Variant, form: QueryDict) -> Answer:
    """Yield the answer in a form. Raises `NotAnAnswerError` where nothing was chosen or typed."""
    if form.get("action") == SKIP:
        return None
    if isinstance(variant.key, OrderKey):
        return _order(variant, form)
    if isinstance(variant.key, ChoiceKey) and variant.options:
        chosen = form.getlist("choice")
        if not chosen:
            message = "Choose an answer, or say that you do not know."
            raise NotAnAnswerError(message)
        return chosen
    typed = form.get("typed", "").strip()
    if not typed:
        what = "the number of a line" if isinstance(variant.key, LineKey) else "an answer"
        message = f"Type {what}, or say that you do not know."
        raise NotAnAnswerError(message)
    return typed


def _order(variant: Variant, form: QueryDict) -> list[str]:
    """Yield the options by the places that were chosen for them: each place once."""
    wanted = [str(number) for number in range(1, len(variant.options) + 1)]
    places = {form.get(f"place:{option.id}", ""): option.id for option in variant.options}
    if sorted(places) != sorted(wanted):
        message = "Give each line a place of its own, from first to last."
        raise NotAnAnswerError(message)
    return [places[place] for place in wanted]
