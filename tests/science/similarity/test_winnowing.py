import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.science.errors import ScienceError
from assay.science.similarity import (
    CopyIndex,
    Fingerprints,
    Kind,
    Token,
    code_tokens,
    containment,
    fingerprints,
    fingerprints_of_text,
)
from assay.science.similarity.winnowing import RUN, WINDOW

ROOT = Path(__file__).parents[3]
FILES = sorted((ROOT / "src/assay/science").rglob("*.py"))
LARGE = [path for path in FILES if path.stat().st_size > 5_000]
words = st.lists(st.sampled_from(["if", "else", "(", ")", "+", "name", "7", "for", "=", ","]), min_size=0, max_size=200)


def prints(text, language="Python"):
    return fingerprints_of_text(text=text, language=language)


def renamed(text):
    names = {token.text for token in code_tokens(text=text, language="Python") if token.kind is Kind.NAME}
    table = {name: f"v{number}" for number, name in enumerate(sorted(names))}
    return re.sub(r"[^\W\d]\w*", lambda found: table.get(found.group(), found.group()), text)


@pytest.mark.parametrize("path", LARGE, ids=lambda path: path.stem)
def test_renamed_and_reformatted_copy_is_contained(path):
    text = path.read_text(encoding="utf-8")
    changed = renamed(text).replace("    ", "  ").replace("\n\n", "\n# a remark of another\n")
    assert containment(part=prints(changed), whole=prints(text)) >= 0.9


def test_unrelated_files_share_almost_nothing():
    known = {path: prints(path.read_text(encoding="utf-8")) for path in LARGE}
    shares = [
        containment(part=one, whole=other)
        for path, one in known.items() for place, other in known.items() if path.parent != place.parent
    ]  # fmt: skip
    assert max(shares) <= 0.05


def test_base_code_is_subtracted():
    starter = LARGE[0].read_text(encoding="utf-8")
    own = LARGE[1].read_text(encoding="utf-8")
    part, other = prints(starter + own), prints(starter)
    assert containment(part=part, whole=other) > 0.2
    assert containment(part=part, whole=other, base=other.hashes) == 0.0
    assert containment(part=other, whole=other, base=other.hashes) is None


def test_index_names_the_source_and_its_lines():
    text = LARGE[0].read_text(encoding="utf-8")
    other = LARGE[1].read_text(encoding="utf-8")
    index = CopyIndex(sources=[("one", prints(text)), ("two", prints(other))])
    part = prints(f"{other}\n{renamed(text)}")
    found = index.matches(part=part, least=0.1)
    assert {match.source for match in found} == {"one", "two"}
    one = next(match for match in found if match.source == "one")
    assert one.lines[len(one.lines) // 4] > other.count("\n")


def test_what_stands_in_many_sources_counts_for_nothing():
    text = prints(LARGE[0].read_text(encoding="utf-8"))
    index = CopyIndex(sources=[(str(number), text) for number in range(5)], common=4)
    assert index.matches(part=text) == []


@given(words, words, words)
def test_shared_run_leaves_a_common_fingerprint(before, shared, after):
    long = (shared * 40)[: RUN + WINDOW - 1]
    if len(long) < RUN + WINDOW - 1:
        return
    one = [Token(Kind.OPERATOR, word, 1) for word in before + long + after]
    other = [Token(Kind.OPERATOR, word, 1) for word in after + long]
    assert fingerprints(tokens=one).hashes & fingerprints(tokens=other).hashes


def test_short_text_has_no_fingerprints():
    assert prints("x = 1\n") == Fingerprints({})


def test_fingerprints_are_the_same_in_every_process():
    assert min(prints("if a:\n    b = 1\n" * 20).hashes) == 1515524356255432716


@pytest.mark.parametrize("numbers", [(0, 5), (5, 0)])
def test_run_and_window_below_one_are_refused(numbers):
    with pytest.raises(ScienceError):
        fingerprints(tokens=[], run=numbers[0], window=numbers[1])


@pytest.mark.parametrize(
    ("language", "text", "expect"),
    [
        ("Python", 'def f(a):\n    """Prose."""\n    return a + 1.5e3  # why\n', "def f ( a ) : return a + 1.5e3"),
        ("Python", "x = 'it\\'s' \"open\n", "x = 'it\\'s' \"open"),
        ("R", "x.y <- read.csv('a') %>% f() # c\n", "x.y <- read.csv ( 'a' ) %>% f ( )"),
        ("SQL", "SELECT a -- c\nFROM t /* x */ WHERE b <> 'q'", "select a from t where b <> 'q'"),
        ("Java", 'a.b(1L); // c\n/* d */ String s = "e";', 'a . b ( 1L ) ; String s = "e" ;'),
        ("Scala", "val x = xs.map(_ + 1) // c", "val x = xs . map ( _ + 1 )"),
    ],
)  # fmt: skip
def test_tokens_are_words_without_comments(language, text, expect):
    assert " ".join(token.text for token in code_tokens(text=text, language=language)) == expect


@given(st.text(max_size=300), st.sampled_from(["Python", "R", "Java", "Scala", "SQL", "Go"]))
def test_tokens_of_any_text_keep_its_order(text, language):
    lines = [token.line for token in code_tokens(text=text, language=language)]
    assert lines == sorted(lines)
    assert all(1 <= line <= text.count("\n") + 1 for line in lines)
