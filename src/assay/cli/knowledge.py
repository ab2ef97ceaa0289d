"""What the commands that need no database load once: map, sources, claim rules, vocabulary."""

from functools import cache
from typing import NamedTuple

import yaml

from assay.competencies.catalogue import Catalogue, shipped_catalogue
from assay.core.content import content_path
from assay.evidence.claims import ClaimRules, rules_from_file
from assay.matching.explain import SettleTable, settle_table
from assay.matching.role import Competencies, competencies_from
from assay.matching.sheet import Versions
from assay.reading.vocabulary import Vocabulary
from assay.science.belief import Parameters, parameters_from_mapping

READER = "4"
"""The same as `evidence.reader.READER`, which this program cannot import without a database (held by a test)."""


class Knowledge(NamedTuple):
    """The content in the forms that reading and matching need."""

    catalogue: Catalogue
    vocabulary: Vocabulary
    parameters: Parameters
    rules: ClaimRules
    competencies: Competencies
    settle: SettleTable
    versions: Versions


@cache
def knowledge() -> Knowledge:
    """Yield everything that ships as data, loaded once."""
    sources = content_path() / "sources"
    catalogue = shipped_catalogue()
    parameters = parameters_from_mapping(yaml.safe_load((sources / "registry.yaml").read_text(encoding="utf-8")))
    rules = rules_from_file(sources / "claims.yaml")
    return Knowledge(
        catalogue=catalogue,
        vocabulary=catalogue.vocabulary(),
        parameters=parameters,
        rules=rules,
        competencies=competencies_from(entries=catalogue.competencies, parameters=parameters),
        settle=settle_table(catalogue.competencies),
        versions=Versions(
            competency_map=catalogue.version,
            sources=parameters.version,
            claim_rules=rules.version,
            reader=READER,
        ),
    )
