"""Role to the first 50 of many people, with reasons: time, recall, memory, and pgvector in the same run.

python -m bench.engine --people 1000000 [--roles 200] [--pg-people 200000] [--no-pg]
"""

import argparse
import resource
import tempfile
import time
from pathlib import Path

import numpy as np
import psycopg
import yaml

from assay.competencies.catalogue import shipped_catalogue
from assay.core.content import content_path
from assay.evidence.claims import rules_from_file
from assay.matching.engine.index import PeopleIndex, points_by_code
from assay.matching.engine.scan import first_people
from assay.matching.rank import Pool, pool_fits
from assay.matching.role import competencies_from, role_model
from assay.roles.profile import Demand, RoleProfile
from assay.science.belief import parameters_from_mapping
from assay.server.cluster import layout_of
from assay.server.postgres import Supervisor

CODES = np.array([0, 1, 2, 3, 4, 5, 6], dtype=np.uint8)
SHARES = np.array([0.0, 0.01, 0.03, 0.06, 0.45, 0.35, 0.10])
CLAIMED = 0.24


def generated_codes(*, people, count, chance):
    """Yield claims of people: a quarter of the map each, more of what is common, in blocks to spare memory."""
    popularity = np.clip(chance.beta(1.2, 3.0, size=count) * CLAIMED / 0.286, 0.01, 0.9)
    codes = np.empty((people, count), dtype=np.uint8)
    for start in range(0, people, 50_000):
        stop = min(start + 50_000, people)
        has = chance.random((stop - start, count)) < popularity
        codes[start:stop] = np.where(has, chance.choice(CODES, size=has.shape, p=SHARES), 0)
    return codes


def generated_roles(*, number, competencies, parameters, rules, chance):
    roles = []
    for _ in range(number):
        asked = chance.choice(len(competencies.ids), size=chance.integers(8, 16), replace=False)
        demands = tuple(
            Demand(
                competency=competencies.ids[place],
                level=int(chance.integers(2, 5)),
                weight=float(chance.choice([0.25, 0.5, 1.0, 1.25])),
                is_must_have=bool(chance.random() < 0.5),
            )
            for place in asked
        )
        profile = RoleProfile(title="generated", demands=demands)
        roles.append(role_model(profile=profile, competencies=competencies, parameters=parameters, rules=rules))
    return roles


def percentiles(times):
    ordered = np.sort(np.array(times)) * 1000
    return float(np.percentile(ordered, 50)), float(np.percentile(ordered, 99))


def recall(*, found, fits, rows, count):
    """Yield the share of the found people whose exact fit is at least the exact fit of place ``count``."""
    exact = np.round(fits[rows], 9)
    if len(exact) == 0:
        return 1.0
    last = np.sort(exact)[::-1][min(count, len(exact)) - 1]
    return float(np.mean(np.round(fits[np.array(found)], 9) >= last))


def exact_fits(*, codes, role):
    fits = np.empty(len(codes))
    for start in range(0, len(codes), 100_000):
        part = codes[start : start + 100_000]
        pool = Pool(codes=part, keys=[], is_out=np.zeros(len(part), dtype=np.bool_), measured={})
        fits[start : start + 100_000] = pool_fits(pool=pool, role=role).mean
    return fits


def measure_engine(*, index, codes, roles, chance):
    for name, share in (("no filter", 1.0), ("1% filter", 0.01)):
        passes = None if share == 1.0 else chance.random(len(codes)) < share
        times, recalls = [], []
        for number, role in enumerate(roles):
            start = time.perf_counter()
            hits = first_people(view=index.view(), role=role, count=50, passes=passes)
            times.append(time.perf_counter() - start)
            if len(hits) != 50:
                print(f"only {len(hits)} people found")
            if number < 10:
                wide = first_people(view=index.view(), role=role, count=100, passes=passes)
                rows = np.arange(len(codes)) if passes is None else np.flatnonzero(passes)
                fits = exact_fits(codes=codes, role=role)
                recalls.append(recall(found=[hit.person for hit in wide], fits=fits, rows=rows, count=100))
        p50, p99 = percentiles(times)
        print(f"engine, {name}: p50 {p50:.1f} ms, p99 {p99:.1f} ms, recall@100 {np.mean(recalls):.4f} (exact float64)")


def measure_new_person(*, index, roles, width):
    best = bytes([6] * width)
    start = time.perf_counter()
    index.put(codes_by_person={10**9: best})
    found = any(hit.person == 10**9 for hit in first_people(view=index.view(), role=roles[0], count=50))
    print(f"new person found: {found}, {1000 * (time.perf_counter() - start):.1f} ms after being put")
    index.drop(people=[10**9])


def measure_pgvector(*, codes, roles, chance):
    """Ask pgvector the same: exact inner product over one vector a person, best 50, no reasons."""
    with tempfile.TemporaryDirectory(prefix="assay-bench-") as home:
        Path(home).chmod(0o755)
        with (
            Supervisor(home=Path(home), is_durable=False),
            psycopg.connect(layout_of(home=Path(home)).url, autocommit=True) as db,
        ):
            try:
                db.execute("CREATE EXTENSION vector")
            except psycopg.Error as error:
                print(f"pgvector: not available ({error})")
                return
            scale = np.maximum(np.nan_to_num(roles[0].scale.value - 3.8, nan=0.0), 0.0).astype(np.float32)
            passes = chance.random(len(codes)) < 0.01
            db.execute(f"CREATE TABLE people (id bigint, passes boolean, claims vector({codes.shape[1]}))")
            with db.cursor().copy("COPY people FROM STDIN") as copy:
                for row in range(len(codes)):
                    claims = "[" + ",".join(map("{:g}".format, scale[codes[row]])) + "]"
                    copy.write_row((row, bool(passes[row]), claims))
            db.execute("ANALYZE people")
            size = db.execute("SELECT pg_total_relation_size('people')").fetchone()[0]
            for name, where in (("no filter", ""), ("1% filter", "WHERE passes")):
                times = []
                for role in roles[:20]:
                    wanted = "[" + ",".join(map("{:g}".format, role.first_look.coefficients)) + "]"
                    query = "SELECT id FROM people " + where + " ORDER BY claims <#> %s::vector LIMIT 50"  # noqa: S608 -- ours
                    start = time.perf_counter()
                    db.execute(query, [wanted]).fetchall()
                    times.append(time.perf_counter() - start)
                p50, p99 = percentiles(times)
                print(
                    f"pgvector exact, {name}, {len(codes):,} people, no reasons: p50 {p50:.1f} ms, p99 {p99:.1f} ms, "
                    f"table {size / 2**20:.0f} MiB"
                )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--roles", type=int, default=200)
    parser.add_argument("--pg-people", type=int, default=None, help="default: as --people")
    parser.add_argument("--no-pg", action="store_true")
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    chance = np.random.default_rng(given.seed)
    parameters = parameters_from_mapping(
        yaml.safe_load((content_path() / "sources" / "registry.yaml").read_text(encoding="utf-8"))
    )
    rules = rules_from_file(content_path() / "sources" / "claims.yaml")
    competencies = competencies_from(entries=shipped_catalogue().competencies, parameters=parameters)
    roles = generated_roles(
        number=given.roles, competencies=competencies, parameters=parameters, rules=rules, chance=chance
    )
    codes = generated_codes(people=given.people, count=len(competencies.ids), chance=chance)
    points = points_by_code(scale=roles[0].scale, bias=roles[0].first_look.bias)
    index = PeopleIndex(competencies=len(competencies.ids), points=points)
    start = time.perf_counter()
    index.put_array(people=np.arange(given.people, dtype=np.int64), codes=codes)
    print(
        f"{given.people:,} people, {len(competencies.ids)} competencies; "
        f"index filled in {time.perf_counter() - start:.1f} s"
    )
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"memory: arrays {index.byte_size / 2**20:.0f} MiB, "
        f"process at most {resident:.0f} MiB (with the generated copy)"
    )
    measure_engine(index=index, codes=codes, roles=roles, chance=chance)
    measure_new_person(index=index, roles=roles, width=len(competencies.ids))
    if not given.no_pg:
        part = codes[: given.pg_people or given.people]
        measure_pgvector(codes=part, roles=roles, chance=chance)


if __name__ == "__main__":
    main()
