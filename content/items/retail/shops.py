"""Models for shops: how much to order, what a campaign moved, what sales hide, what is bought together."""

from functools import partial

import numpy as np

from assay.itembank.making import choice, chosen_text, number, numbers_in, require, value_of
from assay.itembank.model import Family, Kind, Variant

family = partial(Family, domain="retail", licence="Apache-2.0")


def _order_quantity(rng: np.random.Generator) -> Variant:
    cost = int(rng.choice([2, 3, 4]))
    price = cost + int(rng.choice([1, 2, 6, 9]))
    demands = sorted(int(one) for one in rng.choice(np.arange(10, 60), 10, replace=False))
    share = (price - cost) / price
    best = next(demand for place, demand in enumerate(demands, start=1) if place / 10 >= share - 1e-9)
    return number(
        stem=f"Fresh salads cost {cost} € and sell for {price} €; what is left in the evening is thrown away. These ten demands are equally "
        f"likely: {', '.join(map(str, demands))}. How many should be ordered for the **largest expected profit**?",
        value=best,
        explanation=f"The order should cover the demand with a chance of (price - cost)/price = {share:.2f}: the lowest demand that reaches it. "
        "The mean is right only where being over and under cost the same.",
    )  # fmt: skip


def _check_order_quantity(variant: Variant) -> None:
    cost, price, *demands = numbers_in(variant.stem)

    def profit(quantity: float) -> float:
        return float(np.mean([price * min(quantity, one) for one in demands])) - cost * quantity

    best = max(map(profit, range(100)))
    require(holds=profit(value_of(variant)) > best - 1e-9, what="profit of every quantity")


def _uplift(rng: np.random.Generator) -> Variant:
    with_mail, without = int(rng.choice([20_000, 40_000, 60_000])), int(rng.choice([5_000, 10_000]))
    base = int(rng.integers(20, 60))
    more = int(rng.integers(2, 12))
    bought, bought_without = with_mail * (base + more) // 1000, without * base // 1000
    return number(
        stem=f"{with_mail} customers drawn at random got a voucher and {bought} of them bought; of {without} who got none, {bought_without} "
        "bought. How many purchases did the voucher **bring about**?",
        value=bought - with_mail * bought_without / without, tolerance_abs=0.6,
        explanation="Those who would have bought anyway are counted by the group without: their rate times the number of vouchers.",
    )  # fmt: skip


def _check_uplift(variant: Variant) -> None:
    with_mail, bought, without, bought_without = numbers_in(variant.stem)
    gain = with_mail * (bought / with_mail - bought_without / without)
    require(holds=abs(gain - value_of(variant)) < 1e-6, what="difference of the rates times the vouchers")


def _stockouts(rng: np.random.Generator) -> Variant:
    what = str(rng.choice(["umbrellas", "fresh bread", "a popular game", "sun cream", "birthday cakes"]))
    share = int(rng.choice([15, 25, 40]))
    return choice(
        rng,
        stem=f"A model forecasts how much {what} will be wanted, trained on what was sold. On {share} % of the days the shelf was empty "
        "before closing time. What happens over the months?",
        right="Forecasts and orders sink, and shelves are empty more often",
        wrong=[
            ("Forecasts rise, since empty shelves show that much was wanted", "sales on such days show the whole demand"),
            ("Nothing, as the days with an empty shelf average out", "an error that is always one-sided averages out"),
            ("Only the spread of the forecasts grows, not their level", "cutting off the top leaves the mean"),
        ],
        explanation="Sales are the smaller of demand and stock. Taken for demand they are too low just on the best days; less is ordered, and "
        "the next sales are lower still. Days that sold out are censored and must be treated so.",
    )  # fmt: skip


def _check_stockouts(variant: Variant) -> None:
    rng = np.random.default_rng(3)
    orders, level = [], 30.0
    for _ in range(12):
        sold = np.minimum(rng.poisson(30, 4000), int(level))
        level = float(sold.mean())
        orders.append(level)
    require(holds=orders[-1] < orders[0] - 5, what="ordering by past sales")
    require(holds=chosen_text(variant).startswith("Forecasts and orders sink"), what="the right option")


def _lift(rng: np.random.Generator) -> Variant:
    baskets = int(rng.choice([1000, 2000, 5000]))
    first, second = int(rng.integers(10, 40)) * 10, int(rng.integers(10, 40)) * 10
    both = int(min(first, second) * int(rng.integers(20, 80)) / 100)
    return number(
        stem=f"Of {baskets} baskets {first} hold pasta, {second} hold sauce and {both} hold both. How many **times as often** as by chance "
        "alone do the two stand together?",
        value=both * baskets / (first * second), tolerance_rel=0.02,
        explanation=f"By chance {first} · {second} / {baskets} = {first * second / baskets:.1f} baskets would hold both: that is the lift.",
    )  # fmt: skip


def _check_lift(variant: Variant) -> None:
    baskets, first, second, both = (int(one) for one in numbers_in(variant.stem))
    given = both / first  # confidence over the share of all
    require(holds=abs(given / (second / baskets) - value_of(variant)) < 1e-9, what="confidence over base rate")


FAMILIES = (
    family(
        id="retail/order-quantity", title="How many to order of what spoils", kind=Kind.NUMERIC, level=4, expected_s=120,
        loadings={"domain_retail": 1.0, "probability": 0.5}, make=_order_quantity, verify=_check_order_quantity,
        source="Own work, after Arrow, Harris & Marschak 1951, doi:10.2307/1906813",
    ),
    family(
        id="retail/purchases-brought-about", title="What a voucher moved", kind=Kind.NUMERIC, level=3, expected_s=100,
        loadings={"domain_retail": 0.9, "experimentation": 1.0}, make=_uplift, verify=_check_uplift,
        source="Own work, after what any course in experiments teaches",
    ),
    family(
        id="retail/empty-shelves", title="Sales that hide demand", kind=Kind.SINGLE, level=3, expected_s=70,
        loadings={"domain_retail": 1.0, "time_series": 0.6, "data_quality": 0.5}, make=_stockouts, verify=_check_stockouts,
        source="Own work, after Conrad 1976, Sales Data and the Estimation of Demand (Operational Research Quarterly 27)",
    ),
    family(
        id="retail/lift", title="Bought together more than by chance", kind=Kind.NUMERIC, level=2, expected_s=80,
        loadings={"domain_retail": 0.9, "recommender_systems": 0.7}, make=_lift, verify=_check_lift,
        source="Own work, after Brin et al. 1997, Dynamic Itemset Counting and Implication Rules (SIGMOD)",
    ),
)  # fmt: skip
