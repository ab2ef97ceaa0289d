"""Blind mode: a member's own switch that hides who people are, on every page."""

from django.http import HttpRequest

from assay.people.models import Person

SESSION_KEY = "blind"


def is_blind(request: HttpRequest) -> bool:
    """Tell whether this member hides names, addresses, schools and dates of birth for now."""
    return bool(request.session.get(SESSION_KEY, False))


def blinded_name(person: Person) -> str:
    """Yield what stands for a name: the same for a person on every page, and nothing of the person in it."""
    return f"Person {person.ref[:4].upper()}"
