"""Reads the SkillSpan sets (kris927b/SkillSpan, MIT; Zhang et al. 2022, arXiv 2204.12811) as lines with spans."""

import json
from pathlib import Path
from typing import NamedTuple

import yaml

from assay.reading.jobads.tagger import WordSpan, spans_of
from assay.reading.vocabulary import Term, Vocabulary


class Row(NamedTuple):
    """A line of an ad with the line above, its labels (0 outside, 1 begin, 2 inside) and where it comes from."""

    words: list[str]
    before: list[str]
    labels: list[int]
    source: str
    ad: int

    @property
    def spans(self) -> list[WordSpan]:
        """Yield the knowledge spans of the line."""
        return spans_of(self.labels)


def rows_of(path: Path) -> list[Row]:
    """Yield the lines of ``path`` with their knowledge spans; the line above is empty where an ad begins."""
    rows: list[Row] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        same = bool(rows) and rows[-1].ad == item["idx"] and rows[-1].source == item["source"]
        rows.append(
            Row(
                item["tokens"],
                rows[-1].words if same else [],
                ["OBI".index(tag[0]) for tag in item["tags_knowledge"]],
                item["source"],
                item["idx"],
            )
        )
    return rows


def known_words(words: list[str], vocabulary: Vocabulary) -> list[bool]:
    """Say for each word whether a term of the vocabulary covers part of it."""
    text = " ".join(words)
    hits = vocabulary.hits(text=text)
    marks, start = [], 0
    for word in words:
        end = start + len(word)
        marks.append(any(hit.start < end and start < hit.end for hit in hits))
        start = end + 1
    return marks


def map_vocabulary(folder: Path) -> Vocabulary:
    """Yield the terms of the competency map in ``folder``; empty where there is none yet."""
    terms = []
    for path in sorted(folder.glob("*.yaml")):
        for competency in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("competencies", []):
            for term in competency.get("terms", []):
                item = {"name": term} if isinstance(term, str) else term
                terms.append(
                    Term(
                        name=item["name"],
                        competency=competency["id"],
                        aliases=tuple(item.get("aliases", ())),
                        is_case_sensitive=item.get("case", False),
                        needs_context=item.get("context", False),
                        is_tool=item.get("tool", False),
                        is_prose=item.get("prose", False),
                    )
                )
    return Vocabulary(version="bench", terms=tuple(terms))
