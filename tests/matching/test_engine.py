import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.matching.engine.index import PeopleIndex, points_by_code
from assay.matching.engine.scan import MOST_POINTS, first_people
from assay.matching.rank import Pool, order_pool


def pool_of_codes(codes, people):
    return Pool(
        codes=codes,
        keys=[f"{person:020d}" for person in people],
        is_out=np.zeros(len(codes), dtype=np.bool_),
        measured={},
    )


def empty_index(role):
    return PeopleIndex(competencies=6, points=points_by_code(scale=role.scale, bias=role.first_look.bias))


def index_of(role, codes):
    index = empty_index(role)
    index.put_array(people=np.arange(len(codes), dtype=np.int64), codes=codes)
    return index


@given(seed=st.integers(0, 10_000), count=st.integers(1, 40), share=st.floats(0.0, 1.0))
@settings(deadline=None, max_examples=60)
def test_first_people_are_those_of_the_exact_order(role, seed, count, share):
    chance = np.random.default_rng(seed)
    codes = chance.integers(0, 7, size=(300, 6)).astype(np.uint8)
    passes = chance.random(300) < share
    people = np.flatnonzero(passes)
    order = order_pool(pool=pool_of_codes(codes[people], people.tolist()), role=role)
    exact = people[order.rows][:count].tolist()
    hits = first_people(view=index_of(role, codes).view(), role=role, count=count, passes=passes)
    assert [hit.person for hit in hits] == exact


def test_first_people_of_many_blocks_are_those_of_the_exact_order(role):
    codes = np.random.default_rng(3).integers(0, 7, size=(150_000, 6)).astype(np.uint8)
    order = order_pool(pool=pool_of_codes(codes, range(len(codes))), role=role)
    hits = first_people(view=index_of(role, codes).view(), role=role, count=100)
    assert [hit.person for hit in hits] == order.rows[:100].tolist()


def test_put_again_replaces_and_drop_takes_out(role):
    codes = np.zeros((3, 6), dtype=np.uint8)
    codes[0] = 6
    index = index_of(role, codes)
    assert first_people(view=index.view(), role=role, count=1)[0].person == 0
    index.put(codes_by_person={0: bytes(6), 2: bytes([6] * 6)})
    assert len(index) == 3
    assert first_people(view=index.view(), role=role, count=1)[0].person == 2
    index.drop(people=[2, 99])
    assert {hit.person for hit in first_people(view=index.view(), role=role, count=9)} == {0, 1}


def test_points_lose_nothing_of_the_claim_rules(role):
    points = points_by_code(scale=role.scale, bias=role.first_look.bias)
    above = np.maximum(np.nan_to_num(role.scale.value - 3.0 - role.first_look.bias), 0.0)
    assert np.allclose(points * 0.01, above, atol=1e-12)
    assert points.max() <= MOST_POINTS


def test_view_is_not_changed_by_later_rows(role):
    index = index_of(role, np.full((5, 6), 4, dtype=np.uint8))
    view = index.view()
    index.put(codes_by_person={77: bytes([6] * 6)})
    assert 77 not in [hit.person for hit in first_people(view=view, role=role, count=9)]


def test_hits_carry_the_strongest_reasons(role):
    codes = np.zeros((1, 6), dtype=np.uint8)
    codes[0, role.competencies.place["deep_learning"]] = 6
    codes[0, role.competencies.place["python"]] = 4
    (hit,) = first_people(view=index_of(role, codes).view(), role=role, count=5)
    assert [one.competency for one in hit.reasons] == ["deep_learning", "python"]


def test_empty_index_yields_nobody(role):
    assert first_people(view=empty_index(role).view(), role=role, count=5) == []
