from datetime import timedelta

import pytest

from assay.accounts.choices import MemberKind
from assay.accounts.models import Invitation, Member, User
from assay.audit.models import Event
from assay.audit.services import first_break
from assay.membership import invitations
from assay.membership.services import NoKindsError
from assay.messages.models import Mail

PASSWORD = "correct horse battery"


def invite(by, now, email="new@example.org", kinds=(MemberKind.RECRUITER,)):
    return invitations.invite(email=email, kinds=kinds, by=by, now=now).split("/")[-2]


def kinds_of_events():
    return list(Event.objects.order_by("seq").values_list("kind", flat=True))


def test_invite_mails_the_link_and_keeps_its_hash(administrator, now):
    token = invite(administrator, now, email=" New@Example.ORG ")
    mail = Mail.objects.get()
    assert (mail.to, f"/invitation/{token}/" in mail.text) == ("new@example.org", True)
    assert token not in str(Invitation.objects.values().get())
    assert kinds_of_events() == ["member.invited"]


def test_accept_makes_account_and_member(administrator, now):
    token = invite(administrator, now, kinds=[MemberKind.AUDITOR, MemberKind.RECRUITER])
    member = invitations.accept_invitation(token=token, now=now, name="New Person", password=PASSWORD)
    assert member.kinds == ["recruiter", "auditor"]
    assert member.user.check_password(PASSWORD)
    assert kinds_of_events() == ["member.invited", "member.joined"]
    assert first_break(organisation=administrator.organisation) is None


def test_accept_twice(administrator, now):
    token = invite(administrator, now)
    invitations.accept_invitation(token=token, now=now, name="New Person", password=PASSWORD)
    with pytest.raises(invitations.InvitationGoneError):
        invitations.accept_invitation(token=token, now=now, name="New Person", password=PASSWORD)


@pytest.mark.parametrize(("days", "is_gone"), [(6, False), (7, True)])
def test_invitation_at_its_term(administrator, now, days, is_gone):
    token = invite(administrator, now)
    later = now + timedelta(days=days)
    if is_gone:
        with pytest.raises(invitations.InvitationGoneError):
            invitations.look_at_invitation(token=token, now=later)
    else:
        assert invitations.look_at_invitation(token=token, now=later).email == "new@example.org"


def test_revoked_invitation_is_gone(administrator, now):
    token = invite(administrator, now)
    invitations.revoke_invitation(invitation=Invitation.objects.get(), by=administrator, now=now)
    with pytest.raises(invitations.InvitationGoneError):
        invitations.accept_invitation(token=token, now=now, name="New Person", password=PASSWORD)
    with pytest.raises(invitations.InvitationGoneError):
        invitations.revoke_invitation(invitation=Invitation.objects.get(), by=administrator, now=now)


def test_resent_invitation_has_a_new_link_and_term(administrator, now):
    old = invite(administrator, now)
    later = now + timedelta(days=6)
    path = invitations.resend_invitation(invitation=Invitation.objects.get(), by=administrator, now=later)
    with pytest.raises(invitations.InvitationGoneError):
        invitations.look_at_invitation(token=old, now=later)
    new = path.split("/")[-2]
    assert invitations.look_at_invitation(token=new, now=later + timedelta(days=6)).email == "new@example.org"


def test_invite_twice(administrator, now):
    invite(administrator, now)
    with pytest.raises(invitations.AlreadyInvitedError):
        invite(administrator, now, email="NEW@example.org")
    assert Mail.objects.count() == 1


def test_invite_again_after_revoking(administrator, now):
    invite(administrator, now)
    invitations.revoke_invitation(invitation=Invitation.objects.get(), by=administrator, now=now)
    invite(administrator, now)
    assert Invitation.objects.count() == 2


def test_invite_a_member(administrator, recruiter, now):
    with pytest.raises(invitations.AlreadyMemberError):
        invite(administrator, now, email=recruiter.user.email.upper())


@pytest.mark.parametrize("email", ["", "nobody", "a@b@c", "two@example.org, three@example.org"])
def test_invite_what_is_no_address(administrator, now, email):
    with pytest.raises(invitations.BadAccountError):
        invite(administrator, now, email=email)


@pytest.mark.parametrize("kinds", [[], ["owner"], ["recruiter", "owner"]])
def test_invite_as_nothing(administrator, now, kinds):
    with pytest.raises(NoKindsError):
        invite(administrator, now, kinds=kinds)


@pytest.mark.parametrize(("name", "password"), [("", PASSWORD), ("Name", "short"), ("Name", "password1234")])
def test_accept_with_a_bad_account(administrator, now, name, password):
    token = invite(administrator, now)
    with pytest.raises(invitations.BadAccountError):
        invitations.accept_invitation(token=token, now=now, name=name, password=password)
    assert not User.objects.filter(email="new@example.org").exists()
    assert invitations.look_at_invitation(token=token, now=now).accepted_at is None


def test_accept_with_an_account_needs_that_account(administrator, other_organisation, make_member, recruiter, now):
    stranger = make_member(other_organisation, MemberKind.RECRUITER, email="new@example.org")
    token = invite(administrator, now)
    for signed_in in (None, recruiter.user):
        with pytest.raises(invitations.SignInFirstError):
            invitations.accept_invitation(
                token=token, now=now, signed_in=signed_in, name="Thief", password="another long password"
            )
    member = invitations.accept_invitation(token=token, now=now, signed_in=stranger.user)
    assert (member.user, member.organisation) == (stranger.user, administrator.organisation)
    assert Member.objects.filter(user=stranger.user).count() == 2


def test_accept_brings_a_former_member_back(administrator, recruiter, now):
    recruiter.is_active = False
    recruiter.save()
    token = invite(administrator, now, email=recruiter.user.email, kinds=[MemberKind.AUDITOR])
    member = invitations.accept_invitation(token=token, now=now, signed_in=recruiter.user)
    assert (member.pk, member.is_active, member.kinds) == (recruiter.pk, True, ["auditor"])


def test_accept_by_identity_without_an_invitation(administrator, now):
    assert invitations.accept_by_identity(email="nobody@example.org", name="No", now=now) is None
    assert not User.objects.filter(email="nobody@example.org").exists()


def test_accept_by_identity_with_an_invitation(administrator, now):
    invite(administrator, now)
    user = invitations.accept_by_identity(email="New@Example.org", name="New Person", now=now)
    assert (user.name, user.has_usable_password()) == ("New Person", False)
    assert list(user.memberships.values_list("organisation__slug", flat=True)) == ["northwind"]
