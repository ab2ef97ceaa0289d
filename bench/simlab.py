"""Hiring loops on simulated pools of 200 people with 5 hires.

``python -m bench.simlab --pools 200`` (no data folder is read).
"""

import argparse

from assay.science.simlab import PESSIMISTIC, PolicyRuns, difference, estimate, run, world_with

LABELS = {
    "random": "random",
    "a": "(a) résumé sort, 2 unstructured interviews",
    "b": "(b) usual loop, mean of 4 interviews",
    "b2": "(b2) the same data, combined by the model",
    "b3": "(b3) structured guides, combined by the model",
    "c": "(c) everything for everybody",
    "e": "(e) fixed funnel, same instruments",
    "e2": "(e2) leaner fixed funnel",
    "d": "(d) adaptive from the résumé, price 1e-4",
    "d' 1e-4": "(d') test for all, then adaptive, price 1e-4",
    "d' 5e-5": "(d') price 5e-5",
    "d'": "(d') price 3e-5",
    "oracle": "fit known",
}
SHORT = ("b", "c", "e", "d'")


def print_table(runs: dict[str, PolicyRuns]) -> None:
    print("| policy | quality, sd (95 %) | true top tenth | candidate h | staff h |")
    print("|---|---|---|---|---|")
    for name, found in runs.items():
        quality = estimate(values=found.quality_sd)
        print(
            f"| {LABELS[name]} | {quality.mean:.3f} ({quality.low:.3f} to {quality.high:.3f}) "
            f"| {found.top_share.mean():.2f} | {found.candidate_hours.mean():.0f} | {found.staff_hours.mean():.0f} |"
        )
    for first, second in (("d'", "b"), ("d'", "e"), ("d'", "c")):
        gain = difference(runs=runs, first=first, second=second)
        print(f"\n{first} - {second}: {gain.mean:+.3f} ({gain.low:+.3f} to {gain.high:+.3f})", end="")
    share = runs["d'"].quality_sd.mean() / runs["c"].quality_sd.mean()
    hours = runs["d'"].staff_hours.mean()
    print(f"\n\nd' / c: {share:.3f} of the quality at {hours:.0f} staff hours\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", help="not used: pools are simulated")
    parser.add_argument("--pools", type=int, default=200)
    pools = parser.parse_args().pools
    seeds = range(1000, 1000 + pools)
    print(f"{pools} pools, seeds {seeds.start} to {seeds.stop - 1}\n")
    print_table(run(world=world_with(), seeds=seeds))
    few = seeds[: pools // 2]
    worlds = {
        "pessimistic: our instruments .25/.25/.28, engine knows": world_with(true_validities=PESSIMISTIC),
        "pessimistic: the same, engine believes .42/.33/.36": world_with(
            true_validities=PESSIMISTIC, believed_validities={}
        ),
        "kappa .55": world_with(kappa=0.55),
        "kappa .80": world_with(kappa=0.80),
        "one factor (.8/.7)": world_with(rho_within=0.8, rho_between=0.7),
        "heterogeneous (.5/.2)": world_with(rho_within=0.5, rho_between=0.2, kappa=0.75),
    }
    for name, world in worlds.items():
        print(f"### {name}, {len(few)} pools\n")
        print_table(run(world=world, seeds=few, policies=SHORT))


if __name__ == "__main__":
    main()
