from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.reading.jobads import Tagger, read_job_ad
from assay.reading.jobads.features import features_of, shape_of
from assay.reading.jobads.tagger import (
    BEGIN,
    INSIDE,
    OUTSIDE,
    Chance,
    WordSpan,
    best_spans,
    span_chances,
    spans_of,
)
from assay.reading.model import RequirementKind
from tests.reading.jobads import sample_ads as ads

WEIGHTS = Path(__file__).parents[3] / "content" / "reading" / "knowledge_tagger.npz"


@pytest.fixture(scope="module")
def tagger():
    return Tagger.from_bytes(WEIGHTS.read_bytes())


def test_spans_of_labels():
    assert spans_of([BEGIN, INSIDE, OUTSIDE, BEGIN, BEGIN, INSIDE]) == [WordSpan(0, 2), WordSpan(3, 4), WordSpan(4, 6)]


def test_spans_of_inside_without_a_beginning_is_none():
    assert spans_of([INSIDE, OUTSIDE, INSIDE]) == []


def chances_by_enumeration(scores, transitions, start):
    totals, all_ways = {}, 0.0
    for labels in product(range(3), repeat=len(scores)):
        energy = start[labels[0]] + sum(scores[at, label] for at, label in enumerate(labels))
        energy += sum(transitions[a, b] for a, b in pairwise(labels))
        all_ways += np.exp(energy)
        for span in spans_of(labels):
            totals[span] = totals.get(span, 0.0) + np.exp(energy)
    return {span: total / all_ways for span, total in totals.items()}


@pytest.mark.parametrize("seed", range(5))
def test_span_chances_equal_the_enumeration_of_all_labellings(seed):
    chance = np.random.default_rng(seed)
    scores, transitions, start = chance.normal(size=(4, 3)), chance.normal(size=(3, 3)), chance.normal(size=3)
    truth = chances_by_enumeration(scores, transitions, start)
    found = dict(span_chances(scores=scores, transitions=transitions, start=start))
    assert set(found) == {span for span, p_span in truth.items() if p_span > 0.05}
    assert all(p_span == pytest.approx(truth[span], abs=1e-9) for span, p_span in found.items())


def test_best_spans_take_the_larger_sum():
    chances = [Chance(WordSpan(0, 3), 0.5), Chance(WordSpan(0, 1), 0.4), Chance(WordSpan(1, 3), 0.4)]
    assert best_spans(chances=chances, words=3, threshold=0.1) == [WordSpan(0, 1), WordSpan(1, 3)]
    assert best_spans(chances=chances, words=3, threshold=0.35) == [WordSpan(0, 3)]
    assert best_spans(chances=chances, words=3, threshold=0.6) == []


@pytest.mark.parametrize(("word", "shape"), [("PyTorch", "XxXx"), ("H2O", "XdX"), ("node.js", "x.x"), ("AWS", "X")])
def test_shape_of(word, shape):
    assert shape_of(word) == shape


@settings(deadline=None)
@given(st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=12), st.lists(st.text(min_size=1), max_size=6))
def test_features_of_any_words(words, before):
    rows = features_of(words=words, before=before, is_known=[False] * len(words))
    assert len(rows) == len(words)


def test_tagger_marks_tools_that_no_vocabulary_has(tagger):
    words = ["Experience", "with", "Terraform", "Jenkins", "and", "Zorblax"]
    spans = tagger.spans(words=words, before=[], is_known=[False] * len(words))
    assert WordSpan(2, 3) in spans


def test_tagger_of_no_words(tagger):
    assert tagger.spans(words=[], before=[], is_known=[]) == []


def test_tagger_marks_nothing_in_an_imprint(tagger):
    words = [
        "Please",
        "send",
        "your",
        "application",
        "to",
        "our",
        "office",
        "before",
        "the",
        "end",
        "of",
        "the",
        "month",
        ".",
    ]
    assert tagger.spans(words=words, before=[], is_known=[False] * len(words)) == []


def test_read_job_ad_shows_knowledge_that_the_map_lacks(tagger):
    text = "Requirements\n- Experience with Terraform and Python\n- Solid knowledge of bioinformatics\n"
    ad = read_job_ad(document=ads.document(text), vocabulary=ads.VOCABULARY, tagger=tagger)
    others = [r for r in ad.requirements if r.kind is RequirementKind.OTHER]
    assert [r.value for r in others] == ["Terraform", "bioinformatics"]
    assert all(text[r.start : r.end] == r.value for r in others)
    assert all(r.quote_start <= r.start < r.end <= r.quote_end for r in others)


def test_read_job_ad_shows_no_denied_knowledge(tagger):
    text = "Backend Engineer\n\nRequirements\n- No Terraform needed\n"
    ad = read_job_ad(document=ads.document(text), vocabulary=ads.VOCABULARY, tagger=tagger)
    assert ad.requirements == ()
