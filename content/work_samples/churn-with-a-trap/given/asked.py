"""How questions about your hand-in may be asked: it is trained once, then asked about a customer who differs in some columns."""

from functools import cache

import pandas as pd
from solution import predict, train

QUIET = {
    "customer": 99_999, "plan": "basic", "region": "north", "tenure_months": 20, "monthly_fee": 19.0, "logins": 10,
    "usage_change": 0.0, "tickets": 0, "late_payments": 0, "retention_offers": 0, "open_invoices": 0,
}


@cache
def model():
    return train(".", 0)


def risk(changes):
    return round(float(predict(model(), pd.DataFrame([QUIET | changes]))[0]), 3)
