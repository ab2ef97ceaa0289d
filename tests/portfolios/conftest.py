"""An applicant with a place to show work, and a small repository of theirs as a bundle."""

import pytest

from assay.portfolios.choices import WorkKind
from assay.portfolios.services import Shown, open_portfolio
from tests.knowledge.conftest import applicant, application, role  # noqa: F401 -- fixtures among them
from tests.repositories.conftest import ME, Made

TRAIN = """import numpy as np
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import f1_score, roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_score


def evaluate(rows, labels, groups):
    scores = []
    for train, test in GroupKFold(5).split(rows, labels, groups):
        model = RandomForestClassifier(random_state=3).fit(rows[train], labels[train])
        scores.append(f1_score(labels[test], model.predict(rows[test])))
        scores.append(roc_auc_score(labels[test], model.predict_proba(rows[test])[:, 1]))
    return np.mean(scores), cross_val_score(RandomForestClassifier(random_state=3), rows, labels, groups=groups)
"""
TESTS = "from train import evaluate\n\n\n" + "\n".join(
    f"def test_case_{number}():\n    assert evaluate({number}, 1, 2) is not None\n" for number in range(8)
)
PATH = "/w/x/mail/PROOF"


@pytest.fixture
def portfolio(application, recruiter, now):
    return open_portfolio(application=application, member=recruiter, now=now)


@pytest.fixture
def bundle(tmp_path):
    """The bytes of a Git bundle with three commits of one person."""
    made = Made(tmp_path / "work")
    made.commit({"train.py": TRAIN, "README.md": "# Churn\n\n" + "Why and how.\n" * 20})
    made.commit({"test_train.py": TESTS}, message="Test the evaluation", days=9)
    made.commit({"train.py": TRAIN.replace("GroupKFold(5)", "GroupKFold(8)")}, message="Use more folds", days=20)
    made.git("bundle", "create", str(tmp_path / "work.bundle"), "--all")
    return (tmp_path / "work.bundle").read_bytes()


def upload(data, *, name="work.bundle", title="Churn"):
    return Shown(WorkKind.UPLOAD, title, name, "I wrote all of it.", data)


def address(url="https://git.example.org/ann/churn", kind=WorkKind.ADDRESS):
    return Shown(kind, "", url, "My part is the evaluation.")


__all__ = ["ME", "PATH", "address", "applicant", "upload"]
