import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from assay.audit.canonical import canonical, canonical_moment, digest_of

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(min_value=-(10**300), max_value=10**300)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=())),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


class RoundTripTest(TestCase):
    @given(value=JSON)
    @settings(max_examples=200, deadline=None)
    def test_canonical_value_survives_jsonb(self, value: object) -> None:
        kept = canonical({"value": value})
        with connection.cursor() as cursor:
            cursor.execute("SELECT (%s::jsonb)::text", [json.dumps(kept)])
            read_back = json.loads(cursor.fetchone()[0])
        assert digest_of(read_back) == digest_of(kept)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1e20, 100000000000000000000),
        (-0.0, 0),
        (2.0, 2),
        (0.1, 0.1),
        (True, True),
        ("a\x00b", "a\ufffdb"),
        ("a\ud800b", "a\ufffdb"),
        ((1, 2), [1, 2]),
        ({1: "x"}, {"1": "x"}),
    ],
)
def test_canonical_spelling(value, expected):
    assert canonical(value) == expected
    assert type(canonical(value)) is type(expected)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_canonical_float_that_json_lacks(value):
    with pytest.raises(ValueError, match="not a JSON number"):
        canonical({"value": value})


def test_canonical_value_that_json_lacks():
    with pytest.raises(TypeError, match="datetime is not a JSON value"):
        canonical({"at": datetime(2026, 1, 1, tzinfo=UTC)})


def test_digest_ignores_the_order_of_keys():
    assert digest_of({"a": 1, "b": 2}) == digest_of({"b": 2, "a": 1})


def test_canonical_moment_is_the_same_in_every_zone():
    moment = datetime(2026, 11, 23, 9, 0, 0, 123456, tzinfo=UTC)
    elsewhere = moment.astimezone(timezone(timedelta(hours=5, minutes=30)))
    assert canonical_moment(elsewhere) == canonical_moment(moment) == "2026-11-23T09:00:00.123456+00:00"


def test_canonical_moment_without_a_zone():
    with pytest.raises(ValueError, match="needs a time zone"):
        canonical_moment(datetime(2026, 1, 1))  # noqa: DTZ001 -- the missing zone is what is tested
