"""A shortlist after reading: rank, explain and write it for generated people.

python -m bench.shortlist_speed [--people 1000] [--rounds 5]
"""

import argparse
import statistics
import time

import numpy as np

from assay.cli.knowledge import knowledge
from assay.evidence.claims import Stance
from assay.matching.assemble import Dossier, Source, rank_dossiers, sheet_from
from assay.matching.model import Applicant, ClaimLine
from assay.matching.report.as_csv import shortlist_csv
from assay.matching.report.as_json import shortlist_json
from assay.matching.role import role_model
from assay.roles.templates import template_of
from assay.web.shortlist_file import shortlist_html

QUOTE = "Moved the demand forecast from a notebook to a service for 14 markets and kept it running."


def generated(*, people, ids, chance):
    stances = [Stance.NAMED, Stance.USED, Stance.STRONG]
    dossiers = []
    for number in range(people):
        claimed = sorted(chance.choice(len(ids), size=chance.integers(3, 25), replace=False).tolist())
        lines = tuple(ClaimLine(competency=ids[place], stance=stances[int(chance.integers(0, 3))]) for place in claimed)
        sources = {line.competency: Source("says it was used", QUOTE, 10, 10 + len(QUOTE), "cv.pdf") for line in lines}
        dossiers.append(
            Dossier(f"p{number}", f"Person {number}", "cv.pdf", Applicant(key=str(number), claims=lines), sources)
        )
    return dossiers


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    known = knowledge()
    profile = template_of("ml_engineer").profile()
    role = role_model(profile=profile, competencies=known.competencies, parameters=known.parameters, rules=known.rules)
    dossiers = generated(people=given.people, ids=known.competencies.ids, chance=np.random.default_rng(5))
    ranking, sheets, files = [], [], []
    for _ in range(given.rounds):
        start = time.perf_counter()
        ranked = rank_dossiers(dossiers=dossiers, role=role)
        after_rank = time.perf_counter()
        sheet = sheet_from(
            profile=profile,
            role_file="",
            role=role,
            ranked=ranked,
            parameters=known.parameters,
            settle=known.settle,
            versions=known.versions,
        )
        after_sheet = time.perf_counter()
        for write in (shortlist_json, shortlist_csv, lambda whole: shortlist_html(sheet=whole, made_on="", limit=500)):
            write(sheet)
        end = time.perf_counter()
        ranking.append(after_rank - start)
        sheets.append(after_sheet - after_rank)
        files.append(end - after_sheet)
    rank, explain, write = (1000 * statistics.median(part) for part in (ranking, sheets, files))
    print(
        f"{given.people:,} people: order and standings {rank:.0f} ms, reasons and brackets {explain:.0f} ms "
        f"(together {rank + explain:.0f}, target 1,000), three files {write:.0f} ms; medians of {given.rounds}"
    )


if __name__ == "__main__":
    main()
