import numpy as np
import pytest

from assay.science.errors import ScienceError, TooLittleDataError
from assay.science.raters import fit_severity, halo_index, needs_calibration, rater_reports

JUDGES = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], dtype=float)


def columns(table):
    candidate, rater = np.indices(table.shape)
    return {"candidate": candidate.ravel(), "rater": rater.ravel(), "rating": table.ravel()}


def test_fit_severity_balanced_table_equals_analysis_of_variance():
    """In a full table restricted likelihood gives (BMS - EMS) / k, (JMS - EMS) / n and EMS."""
    found = fit_severity(**columns(JUDGES))
    assert found.candidate_sd**2 == pytest.approx((11.241667 - 1.019444) / 4, rel=1e-3)
    assert found.rater_sd**2 == pytest.approx((32.486111 - 1.019444) / 6, rel=1e-3)
    assert found.residual_sd**2 == pytest.approx(1.019444, rel=1e-3)
    assert found.mean == pytest.approx(JUDGES.mean(), abs=1e-6)
    shrink = 1.0 - 1.019444 / 32.486111
    assert found.severity == pytest.approx(shrink * (JUDGES.mean() - JUDGES.mean(axis=0)), abs=2e-3)
    assert found.counts.tolist() == [6, 6, 6, 6]


def test_fit_severity_equals_dense_restricted_likelihood_equations():
    """The absorbed solution against generalised least squares with the full covariance matrix."""
    rng = np.random.default_rng(4)
    candidate = rng.integers(0, 15, size=40)
    candidate[:15] = np.arange(15)
    rater = rng.integers(0, 5, size=40)
    rating = rng.normal(size=15)[candidate] + 0.6 * rng.normal(size=5)[rater] + 0.7 * rng.normal(size=40)
    found = fit_severity(candidate=candidate, rater=rater, rating=rating)
    by_candidate, by_rater = np.eye(15)[candidate], np.eye(5)[rater]
    covariance = found.candidate_sd**2 * by_candidate @ by_candidate.T + found.rater_sd**2 * by_rater @ by_rater.T
    inverse = np.linalg.inv(covariance + found.residual_sd**2 * np.eye(40))
    mean = inverse.sum(axis=0) @ rating / inverse.sum()
    assert found.mean == pytest.approx(mean)
    effects = found.rater_sd**2 * by_rater.T @ inverse @ (rating - mean)
    assert found.severity == pytest.approx(-effects)


def panel(rng, *, candidates, interviews, raters, is_assortative=False):
    ability = rng.normal(size=candidates)
    severity = 0.4 * rng.normal(size=raters)
    candidate = np.repeat(np.arange(candidates), interviews)
    rater = rng.integers(raters, size=len(candidate))
    if is_assortative:
        rank = np.argsort(np.argsort(severity))
        wish = np.argsort(np.argsort(ability[candidate] + 0.7 * rng.normal(size=len(candidate))))
        rater = np.argsort(rank)[np.minimum(wish * raters // len(candidate), raters - 1)]
    rating = 3 + ability[candidate] - severity[rater] + 0.8 * rng.normal(size=len(candidate))
    return ability, severity, {"candidate": candidate, "rater": rater, "rating": rating}


def test_fit_severity_recovers_harsh_raters():
    _, severity, data = panel(np.random.default_rng(5), candidates=200, interviews=3, raters=12)
    found = fit_severity(**data)
    assert np.corrcoef(found.severity, severity)[0, 1] > 0.9
    z = (found.severity - severity - (found.severity - severity).mean()) / found.severity_sd
    assert np.abs(z).max() < 3.5


def test_fit_severity_expected_ratings_right_the_sign_where_harsh_raters_see_the_best():
    rng = np.random.default_rng(6)
    ability, severity, data = panel(rng, candidates=400, interviews=1, raters=12, is_assortative=True)
    raw = np.array([-data["rating"][data["rater"] == r].mean() for r in range(12)])
    assert np.corrcoef(raw, severity)[0, 1] < 0.0
    expected = ability[data["candidate"]] + 0.4 * rng.normal(size=400)
    found = fit_severity(**data, expected=expected)
    assert np.corrcoef(found.severity, severity)[0, 1] > 0.6


def test_fit_severity_too_little_data_refused():
    with pytest.raises(TooLittleDataError):
        fit_severity(candidate=np.arange(5), rater=np.arange(5) % 2, rating=np.arange(5.0))
    with pytest.raises(TooLittleDataError):
        fit_severity(candidate=np.arange(20), rater=np.zeros(20, int), rating=np.arange(20.0))
    with pytest.raises(ScienceError, match="other evidence"):
        fit_severity(candidate=np.arange(20), rater=np.arange(20) % 2, rating=np.arange(20.0))


def test_rater_reports_name_nobody_below_eighteen_interviews():
    _, _, data = panel(np.random.default_rng(7), candidates=60, interviews=2, raters=3)
    data["rater"][:15] = 3
    data["rater"][15:] = data["rater"][15:] % 3
    reports = rater_reports(model=fit_severity(**data), rater=data["rater"], rating=data["rating"])
    assert [(each.rater, each.may_name) for each in reports] == [(0, True), (1, True), (2, True), (3, False)]
    assert sum(each.interviews for each in reports) == 120
    assert all(each.severity_low < each.severity < each.severity_high for each in reports)
    assert np.average([r.infit for r in reports], weights=[r.interviews for r in reports]) == pytest.approx(1.0)


def test_halo_index_finds_the_rater_of_one_impression():
    rng = np.random.default_rng(8)
    rater = np.arange(120) % 3
    shared = rng.normal(size=(120, 1)) * np.where(rater == 2, 2.0, 0.7)[:, None]
    index = halo_index(scores=shared + rng.normal(size=(120, 5)), rater=rater)
    assert np.argmax(index) == 2
    assert index[2] > 0.15 > max(index[0], index[1])


def test_halo_index_few_interviews_is_not_defined():
    rng = np.random.default_rng(9)
    index = halo_index(scores=rng.normal(size=(24, 3)), rater=np.array([0] * 20 + [1] * 4))
    assert np.isnan(index).tolist() == [False, True]
    with pytest.raises(ScienceError):
        halo_index(scores=np.ones((10, 3)), rater=np.zeros(10, int))


def test_needs_calibration_for_low_agreement_or_certain_severity():
    _, _, data = panel(np.random.default_rng(5), candidates=200, interviews=3, raters=12)
    reports = rater_reports(model=fit_severity(**data), rater=data["rater"], rating=data["rating"])
    mild = [each._replace(severity=0.3, severity_low=0.1, severity_high=0.5) for each in reports]
    harsh = [*mild, mild[0]._replace(severity=0.7, severity_high=0.9)]
    unsure = [*mild, mild[0]._replace(severity=0.7, severity_low=-0.1, severity_high=1.5)]
    assert needs_calibration(alpha=0.5, reports=mild)
    assert not needs_calibration(alpha=0.8, reports=mild)
    assert needs_calibration(alpha=0.8, reports=harsh)
    assert not needs_calibration(alpha=0.8, reports=unsure)
