from datetime import timedelta

import pytest

from assay.accounts import services
from assay.accounts.models import SignInLink, User


@pytest.fixture
def user(db, now):
    return User.objects.create_user(email="Ada@Example.org", name="Ada", created_at=now)


def issue(user, now, minutes=10):
    return services.issue_sign_in_link(user=user, now=now, valid_for=timedelta(minutes=minutes)).split("/")[-2]


def test_issued_link_keeps_no_secret(user, now):
    token = issue(user, now)
    assert token not in str(SignInLink.objects.values().get())
    assert len(token) == 43


def test_link_signs_in_once(user, now):
    token = issue(user, now)
    assert services.redeem_sign_in_link(token=token, now=now) == user
    with pytest.raises(services.SpentLinkError):
        services.redeem_sign_in_link(token=token, now=now)


def test_link_is_not_used_up_by_looking(user, now):
    token = issue(user, now)
    services.look_at_sign_in_link(token=token, now=now)
    assert services.redeem_sign_in_link(token=token, now=now) == user


@pytest.mark.parametrize(("minutes_later", "is_refused"), [(9, False), (10, True)])
def test_link_at_its_term(user, now, minutes_later, is_refused):
    token = issue(user, now)
    later = now + timedelta(minutes=minutes_later)
    if is_refused:
        with pytest.raises(services.SpentLinkError):
            services.redeem_sign_in_link(token=token, now=later)
    else:
        assert services.redeem_sign_in_link(token=token, now=later) == user


def test_link_of_a_closed_account(user, now):
    token = issue(user, now)
    user.is_active = False
    user.save()
    with pytest.raises(services.SpentLinkError):
        services.redeem_sign_in_link(token=token, now=now)


@pytest.mark.parametrize("token", ["", "nonsense", "\ud800"])
def test_link_that_was_never_issued(user, now, token):
    with pytest.raises(services.UnknownLinkError):
        services.redeem_sign_in_link(token=token, now=now)
