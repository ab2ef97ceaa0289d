from types import SimpleNamespace

import pytest

from assay.reading.model import Document, JobAd, Requirement, RequirementKind, Strength
from assay.roles.from_ad import profile_from_ad

CATALOGUE = SimpleNamespace(competencies=[SimpleNamespace(id=name) for name in ("pytorch", "tensorflow", "jax", "sql")])
TERMS = {"PyTorch": "pytorch", "TensorFlow": "tensorflow", "JAX": "jax", "SQL": "sql"}


def profile(*lines):
    text, requirements = "", []
    for line in lines:
        start = len(text)
        text += line + "\n"
        requirements += [
            Requirement(
                kind=RequirementKind.COMPETENCY,
                strength=Strength.REQUIRED,
                start=start + line.index(term),
                end=start + line.index(term) + len(term),
                quote_start=start,
                quote_end=start + len(line),
                competency=competency,
                term=term,
            )
            for term, competency in TERMS.items()
            if term in line
        ]
    document = Document(media_type="text/plain", text=text)
    return profile_from_ad(ad=JobAd(requirements=tuple(requirements)), document=document, catalogue=CATALOGUE)


@pytest.mark.parametrize(
    "line", ["PyTorch or TensorFlow", "PyTorch/TensorFlow", "Experience with PyTorch, JAX or TensorFlow"]
)
def test_alternatives_make_one_must_have_and_share_a_weight(line):
    demands = profile(line).demands
    assert sum(one.is_must_have for one in demands) == 1
    assert sum(one.weight for one in demands) == pytest.approx(1.0)
    assert all(set(one.alternatives) | {one.competency} == {two.competency for two in demands} for one in demands)


@pytest.mark.parametrize("line", ["PyTorch and TensorFlow", "PyTorch, TensorFlow"])
def test_enumeration_without_or_asks_for_each(line):
    demands = profile(line).demands
    assert [one.is_must_have for one in demands] == [True, True]
    assert [one.alternatives for one in demands] == [(), ()]


def test_competency_asked_for_elsewhere_has_no_stand_in():
    demands = {one.competency: one for one in profile("PyTorch or TensorFlow", "You know PyTorch well").demands}
    assert demands["pytorch"].is_must_have
    assert demands["pytorch"].alternatives == ()
    assert demands["tensorflow"].is_must_have


def test_demand_quotes_the_ad():
    (demand,) = profile("Solid SQL").demands
    assert (demand.quotes[0].text, demand.level, demand.weight) == ("Solid SQL", 3, 1.0)
