"""Invented customers: a known risk from what is known on the day, and two columns that were filled in afterwards."""

import io

import numpy as np
import pandas as pd

PLANS = ["basic", "family", "business"]
REGIONS = ["north", "east", "south", "west"]


def people(rng, count, weights):
    plan, region = rng.integers(0, 3, count), rng.integers(0, 4, count)
    tenure = np.round(rng.gamma(1.6, 14, count)).astype(int)
    fee = np.round(np.array([19, 34, 79])[plan] * rng.uniform(0.85, 1.2, count), 2)
    logins = rng.poisson(rng.gamma(2, 6, count))
    change = np.round(rng.normal(-0.05, 0.28, count).clip(-0.95, 1.5), 2)
    tickets, late = rng.poisson(0.7, count), rng.poisson(0.4, count)
    score = (
        weights["base"]
        - weights["tenure"] * (np.log1p(tenure) - 2.8)
        - weights["logins"] * (np.log1p(logins) - 2.2)
        + weights["tickets"] * tickets
        + weights["late"] * late
        + weights["falling"] * (change < -0.3)
        - 0.6 * change
        + np.array(weights["plan"])[plan]
        + np.array(weights["region"])[region]
    )
    risk = 1 / (1 + np.exp(-score))
    left = (rng.random(count) < risk).astype(int)
    table = pd.DataFrame(
        {
            "plan": np.array(PLANS)[plan],
            "region": np.array(REGIONS)[region],
            "tenure_months": tenure,
            "monthly_fee": fee,
            "logins": logins,
            "usage_change": change,
            "tickets": tickets,
            "late_payments": late,
            "retention_offers": rng.poisson(0.15, count),
            "open_invoices": rng.poisson(0.3 + 0.2 * late),
        }
    )
    return table, left, risk


def data(seed):
    rng = np.random.default_rng([seed, 41])
    weights = {
        "base": rng.uniform(-2.3, -1.9),
        "tenure": rng.uniform(0.5, 0.8),
        "logins": rng.uniform(0.6, 0.9),
        "tickets": rng.uniform(0.35, 0.6),
        "late": rng.uniform(0.4, 0.7),
        "falling": rng.uniform(1.0, 1.5),
        "plan": rng.normal(0, 0.4, 3).tolist(),
        "region": rng.normal(0, 0.3, 4).tolist(),
    }
    known, left, _ = people(rng, 5000, weights)
    # Written after the fact: the team calls whoever cancels, and a last invoice stays open.
    known["retention_offers"] += left * rng.poisson(2.2, len(left))
    known["open_invoices"] += left * (rng.random(len(left)) < 0.8)
    known.insert(0, "customer", np.arange(5000) // 2 + 10_000)
    known["churned"] = left
    ahead, truth, risk = people(rng, 6000, weights)
    ahead.insert(0, "customer", np.arange(6000) + 50_000)
    text = io.StringIO()
    known.to_csv(text, index=False)
    ceiling = -float(np.mean(risk * np.log(risk) + (1 - risk) * np.log(1 - risk)))
    return {
        "files": {"customers.csv": text.getvalue()},
        "inputs": {"columns": list(ahead.columns), "rows": [list(row) for row in ahead.itertuples(index=False)]},
        "truth": truth.tolist(),
        "ceiling": ceiling * 0.95,
    }
