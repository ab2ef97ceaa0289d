"""Models on the road: promises of arrival, metres while a model thinks, cars for the next half hour."""

import math
from functools import partial

import numpy as np

from assay.itembank.making import number, numbers_in, require, value_of
from assay.itembank.model import Family, Kind, Variant

family = partial(Family, domain="transport", licence="Apache-2.0")


def _promise(rng: np.random.Generator) -> Variant:
    early, late = int(rng.choice([1, 2, 3])), int(rng.choice([4, 6, 9, 12, 17]))
    times = sorted(int(one) for one in rng.choice(np.arange(18, 70), 10, replace=False))
    share = late / (early + late)
    best = next(time for place, time in enumerate(times, start=1) if place / 10 >= share - 1e-9)
    return number(
        stem=f"A courier promises a time of arrival. Each minute before it costs {early} ct of waiting, each minute after it {late} ct of anger. "
        f"These ten durations in minutes are equally likely: {', '.join(map(str, times))}. Which promise **costs least** on average?",
        value=best,
        explanation=f"The quantile {late}/{early + late} = {share:.2f}: the shortest duration that is kept so often. Trained by squared error a model would "
        "promise the mean.",
    )  # fmt: skip


def _check_promise(variant: Variant) -> None:
    early, late, *times = numbers_in(variant.stem)

    def cost(promise: float) -> float:
        return sum(early * max(promise - one, 0) + late * max(one - promise, 0) for one in times)

    require(holds=cost(value_of(variant)) <= min(map(cost, range(100))) + 1e-9, what="cost of every promise")


def _metres(rng: np.random.Generator) -> Variant:
    speed = int(rng.choice([36, 54, 72, 90, 108]))
    camera, model, bus = int(rng.choice([33, 50])), int(rng.choice([40, 60, 90, 120])), int(rng.choice([10, 20, 30]))
    return number(
        stem=f"A car drives at {speed} km/h. A picture takes {camera} ms to come, the model {model} ms, the brake command {bus} ms. How many "
        "**metres** does the car drive between the light on the sensor and the command at the brake?",
        value=speed / 3.6 * (camera + model + bus) / 1000, tolerance_rel=0.02, unit="m",
        explanation=f"{speed / 3.6:g} m a second for {camera + model + bus} ms. Delays of a chain add; quoting the model's alone hides half of the way.",
    )  # fmt: skip


def _check_metres(variant: Variant) -> None:
    speed, *delays = numbers_in(variant.stem)
    metres_a_hour = speed * 1000
    require(
        holds=abs(metres_a_hour * sum(delays) / 3_600_000 - value_of(variant)) < 1e-9, what="milliseconds of an hour"
    )


def _cars(rng: np.random.Generator) -> Variant:
    wanted, cars = int(rng.integers(2, 6)), 0
    asked = int(rng.choice([80, 90, 95]))
    total, term = 0.0, math.exp(-wanted)
    while True:
        total += term
        if total >= asked / 100:
            break
        cars += 1
        term *= wanted / cars
    return number(
        stem=f"A model says that {wanted} cars will be wanted in a cell of the city in the next half hour, on average; requests come independently "
        f"(Poisson). How many cars must wait there to serve **everybody** with a chance of at least {asked} %?",
        value=cars,
        explanation=f"The mean would do in about half of the cases only. The chances of 0, 1, 2 … requests are added until they reach {asked} %.",
    )  # fmt: skip


def _check_cars(variant: Variant) -> None:
    wanted, asked = int(numbers_in(variant.stem)[0]), numbers_in(variant.stem)[-1]
    slices = 20_000  # many short moments, in each at most one request
    chances = [math.comb(slices, k) * (wanted / slices) ** k * (1 - wanted / slices) ** (slices - k) for k in range(20)]
    reached = np.cumsum(chances) * 100
    need = int(np.argmax(reached >= asked))
    is_clear = min(abs(reached - asked)) > 0.05
    require(holds=need == value_of(variant) and is_clear, what="as the limit of many short moments")


FAMILIES = (
    family(
        id="transport/promised-arrival", title="The promise that costs least", kind=Kind.NUMERIC, level=4, expected_s=120,
        loadings={"domain_transport": 1.0, "evaluation_metrics": 0.6}, make=_promise, verify=_check_promise,
        source="Own work, after Koenker & Bassett 1978, doi:10.2307/1913643",
    ),
    family(
        id="transport/metres-of-delay", title="Metres while the model thinks", kind=Kind.NUMERIC, level=2, expected_s=80,
        loadings={"domain_transport": 1.0, "model_optimisation": 0.4}, make=_metres, verify=_check_metres,
        source="Own work, after what any course in driving assistance teaches",
    ),
    family(
        id="transport/cars-that-wait", title="Cars for the next half hour", kind=Kind.NUMERIC, level=4, expected_s=120,
        loadings={"domain_transport": 1.0, "probability": 0.7}, make=_cars, verify=_check_cars,
        source="Own work, after what any course in operations research teaches",
    ),
)  # fmt: skip
