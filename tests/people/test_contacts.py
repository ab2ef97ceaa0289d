import pytest

from assay.people.contacts import is_identifying, name_key, normal_contact


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("email", "Amara@Mail.example", "mailto:amara@mail.example"),
        ("phone", "+49 171 1234567", "0171/123 45 67"),
        ("link", "https://www.GitHub.com/amara/", "github.com/amara"),
        ("place", "München, Germany", "Munchen  germany"),
    ],
)
def test_two_spellings_of_one_contact_are_equal(kind, one, other):
    assert normal_contact(kind=kind, value=one) == normal_contact(kind=kind, value=other)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("email", "amara@mail.example", "amara@mail.test"),
        ("phone", "+49 171 1234567", "+49 171 1234568"),
        ("link", "github.com/amara", "github.com/amaro"),
    ],
)
def test_two_contacts_stay_two(kind, one, other):
    assert normal_contact(kind=kind, value=one) != normal_contact(kind=kind, value=other)


@pytest.mark.parametrize(
    ("kind", "normal", "expected"),
    [
        ("link", "github.com/amara", True),
        ("link", "github.com", False),
        ("place", "berlin", False),
        ("phone", "711234567", True),
        ("phone", "112", False),
    ],
)
def test_only_what_points_at_one_human_identifies(kind, normal, expected):
    assert is_identifying(kind=kind, normal=normal) is expected


def test_name_key_ignores_order_case_and_diacritics():
    assert name_key("Ömer Şahin") == name_key("SAHIN, Omer")
