"""Work that two applicants of the example show: one of each kind that needs no network."""

import io
import zipfile
from datetime import datetime

from assay.accounts.models import Member
from assay.applications.models import Application
from assay.applications.rules import ENDED
from assay.portfolios.choices import Aspect, WorkKind
from assay.portfolios.models import Portfolio
from assay.portfolios.reading import read
from assay.portfolios.services import Shown, add_work, open_portfolio, rate_work
from assay.roles.models import Role

CODE = '''"""Demand of parcels by depot, a day ahead."""

import pandas as pd
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.metrics import mean_absolute_error
from sklearn.model_selection import TimeSeriesSplit


def features(days: pd.DataFrame) -> pd.DataFrame:
    """Only what is known on the evening before."""
    made = days.groupby("depot")["parcels"].shift([1, 7, 14])
    made["weekday"] = days["day"].dt.dayofweek
    made["holiday"] = days["day"].isin(days.attrs["holidays"])
    return made.fillna(-1)


def backtest(days: pd.DataFrame) -> list[float]:
    errors = []
    for train, test in TimeSeriesSplit(n_splits=6, gap=1).split(days):
        model = HistGradientBoostingRegressor(loss="absolute_error", random_state=7)
        model.fit(features(days.iloc[train]), days["parcels"].iloc[train])
        guessed = model.predict(features(days.iloc[test]))
        errors.append(mean_absolute_error(days["parcels"].iloc[test], guessed))
    return errors
'''
TESTS = """import pandas as pd

from forecast import backtest, features


def test_features_know_nothing_of_the_day_itself(days):
    changed = days.assign(parcels=days["parcels"].where(days["day"] != days["day"].max(), 9999))
    pd.testing.assert_frame_equal(features(days), features(changed))


def test_backtest_beats_last_week(days):
    assert max(backtest(days)) < (days["parcels"] - days["parcels"].shift(7)).abs().mean()
"""


def show_works(*, role: Role, member: Member, now: datetime) -> None:
    """Let the first two running applicants of a role show work; the first one's is rated."""
    running = Application.objects.filter(role=role).exclude(state__in=ENDED).order_by("applied_at", "pk")
    for application, show in zip(running[:2], (_show_code, _show_paper), strict=False):
        show(open_portfolio(application=application, member=member, now=now), member, now)


def _show_code(portfolio: Portfolio, member: Member, now: datetime) -> None:
    said = "My own project: the data are a depot's, made unrecognisable. Everything is mine but the holidays' list."
    work = add_work(
        portfolio=portfolio, shown=Shown(WorkKind.UPLOAD, "Parcels by depot", "parcels.zip", said, _archive()), now=now
    )
    read(work_ref=work.ref, now=now)
    rate_work(work=work, member=member, levels={Aspect.REAL: 4, Aspect.CARE: 4}, words="Ask about the gap.", now=now)
    told = "A triage of freight claims for an insurer. I built the evaluation and the service; two others the labels."
    add_work(portfolio=portfolio, shown=Shown(WorkKind.PRIVATE, "Triage of claims", "", told), now=now)


def _show_paper(portfolio: Portfolio, _member: Member, now: datetime) -> None:
    paper = Shown(WorkKind.PAPER, "A method that I built on", "1706.03762", "Not mine: I wrote the port that we ran.")
    add_work(portfolio=portfolio, shown=paper, now=now)


def _archive() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("forecast.py", CODE)
        archive.writestr("tests/test_forecast.py", TESTS)
        archive.writestr("README.md", "# Parcels by depot\n\nA day ahead, by depot, with a backtest.\n")
    return data.getvalue()
