import pytest
from django.utils import timezone

from assay.competencies.models import CustomCompetency
from assay.competencies.services import add_competency
from tests.competencies.conftest import LEVELS, definition


@pytest.fixture
def own(recruiter, now):
    return add_competency(member=recruiter, definition=definition(), now=now)


@pytest.fixture
def damaged(own):
    CustomCompetency.objects.filter(pk=own.pk).update(definition={"name": 3}, updated_at=timezone.now())
    return own


@pytest.fixture
def filled():
    """Yield a function that makes what a browser sends for a form; ``terms`` are rows of fields."""

    def fill(*, terms=({"name": "Quuxbase", "kind": "tool"},), **changes):
        data = {
            "name": "Time-series store",
            "family": "data",
            "kind": "tool",
            "summary": "Stores and queries ticks.",
            "methods": ["claim", "interview"],
            "implies": ["sql"],
            "part_of": "",
            "sources": "The vendor's manual https://kx.example/docs",
            "note": "",
            "seen_version": "",
            "terms-TOTAL_FORMS": len(terms),
            "terms-INITIAL_FORMS": 0,
        } | {f"level_{number}": text for number, text in enumerate(LEVELS, start=1)}
        for place, row in enumerate(terms):
            data |= {f"terms-{place}-{name}": value for name, value in ({"kind": "word"} | row).items()}
        return data | changes

    return fill
