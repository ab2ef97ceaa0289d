"""A rater tells two neighbouring levels apart by what one can watch, so each level says something of its own."""

import re
from collections import defaultdict
from itertools import combinations, pairwise

import pytest

from assay.competencies.catalogue import shipped_catalogue

COMPETENCIES = shipped_catalogue().competencies

VAGUE = re.compile(
    r"\b(?:good|solid|sound|basic|very|excellent|advanced|some|deep|strong|extensive|broad|thorough|expert|proven)"
    r" (?:knowledge|understanding|skills?|command|grasp|experience|familiarity|expertise)\b"
    r"|\b(?:proficient|fluent|skilled|familiar|experienced|competent|knowledgeable|well[- ]versed|aware of)\b"
    r"|\b(?:has|have|with) (?:knowledge|experience)\b|\betc\b"
    r"|(?:^|[,;] (?:and )?| and )(?:knows|understands|appreciates|recognises)\b",
    re.IGNORECASE,
)
TENURE = re.compile(r"\b(?:\d+|one|two|three|five|ten|many|several)\+? years? of\b|\b\d+ years?\b", re.IGNORECASE)
DEGREE = {
    *("very", "more", "most", "quite", "rather", "highly", "extremely", "well", "better", "best", "good", "great"),
    *("excellent", "fully", "deeply", "really", "truly", "strongly", "often", "always", "usually", "sometimes"),
}
FILLERS = {
    *("and", "the", "that", "with", "for", "from", "into", "who", "what", "which", "when", "where", "not", "than"),
    *("its", "one", "own", "are", "has", "was", "they", "them", "their", "this", "without", "before", "after", "how"),
}


def content_words(text):
    return set(re.findall(r"[a-z]{3,}", text.lower())) - FILLERS


def shared(one, other):
    """Share of the shorter text's words that the other has too."""
    left, right = content_words(one), content_words(other)
    return len(left & right) / min(len(left), len(right))


def normalised(text):
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


@pytest.mark.parametrize("competency", COMPETENCIES, ids=lambda one: one.id)
def test_level_has_the_length_of_a_sentence(competency):
    assert {level: len(level) for level in competency.levels if not 60 <= len(level) <= 220} == {}


@pytest.mark.parametrize("competency", COMPETENCIES, ids=lambda one: one.id)
def test_level_names_what_is_done_rather_than_a_degree_of_knowing(competency):
    assert [level for level in competency.levels if VAGUE.search(level) or TENURE.search(level)] == []


@pytest.mark.parametrize(
    "phrase", ["good knowledge of x", "Proficient in x", "has experience with x", "5 years of x", "Plans, and knows x"]
)
def test_phrase_that_nobody_can_watch_is_seen(phrase):
    assert VAGUE.search(phrase) or TENURE.search(phrase)


@pytest.mark.parametrize("competency", COMPETENCIES, ids=lambda one: one.id)
def test_neighbouring_levels_speak_of_different_things(competency):
    pairs = {(low, high): shared(low, high) for low, high in pairwise(competency.levels)}
    assert {pair: share for pair, share in pairs.items() if share > 0.4} == {}


@pytest.mark.parametrize("competency", COMPETENCIES, ids=lambda one: one.id)
def test_levels_differ_in_more_than_words_of_degree(competency):
    for low, high in combinations(competency.levels, 2):
        assert len((content_words(high) ^ content_words(low)) - DEGREE) >= 8, (low, high)


@pytest.mark.parametrize("competency", COMPETENCIES, ids=lambda one: one.id)
def test_level_says_more_than_the_name(competency):
    named = content_words(f"{competency.name} {competency.id.replace('_', ' ')}")
    assert [level for level in competency.levels if len(content_words(level) - named) < 5] == []


def test_no_level_is_said_twice():
    said = defaultdict(list)
    for competency in COMPETENCIES:
        for number, level in enumerate(competency.levels, start=1):
            said[normalised(level)].append((competency.id, number))
    assert len(said) == 5 * len(COMPETENCIES)


def test_no_two_competencies_share_a_level_in_other_words():
    levels = [(competency.id, level) for competency in COMPETENCIES for level in competency.levels]
    close = [
        (one, other)
        for (mine, one), (yours, other) in combinations(levels, 2)
        if mine != yours and shared(one, other) > 0.6
    ]
    assert close == []


def test_no_clause_stands_in_two_levels():
    where = defaultdict(set)
    for competency in COMPETENCIES:
        for number, level in enumerate(competency.levels, start=1):
            words = normalised(level).split()
            for start in range(len(words) - 6):
                where[" ".join(words[start : start + 7])].add((competency.id, number))
    assert {clause: places for clause, places in where.items() if len(places) > 1} == {}
