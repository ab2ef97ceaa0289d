import pytest

from assay.accounts.choices import MemberKind
from assay.accounts.models import Invitation, Member
from assay.audit.models import Event
from assay.core import clock
from assay.membership.invitations import invite

BASE = "/o/northwind/settings/"
PASSWORD = "correct horse battery"


@pytest.mark.parametrize("count", [1, 3])
def test_members_page_query_count(administrator, make_member, signed_in, django_assert_num_queries, count):
    for number in range(count):
        make_member(administrator.organisation, MemberKind.RECRUITER)
        invite(email=f"new{number}@example.org", kinds=["recruiter"], by=administrator, now=clock.now())
    client = signed_in(administrator)
    with django_assert_num_queries(5):  # session, user, member, members, invitations
        response = client.get(BASE)
    assert response.content.decode().count("Send again") == count


@pytest.mark.parametrize("path", ["", "invite/", "organisation/"])
def test_settings_are_for_administrators(administrator, recruiter, signed_in, path):
    assert signed_in(administrator).get(BASE + path).status_code == 200
    assert signed_in(recruiter).get(BASE + path).status_code == 403


def test_invite_hands_the_link_over_where_no_mail_leaves(administrator, signed_in, client):
    response = signed_in(administrator).post(BASE + "invite/", {"email": "new@example.org", "kinds": ["recruiter"]})
    link = response.context["link"]
    assert link in response.content.decode()
    client.logout()
    page = client.get(link)
    assert "Join Northwind Logistics" in page.content.decode()
    assert Invitation.objects.get().accepted_at is None
    joined = client.post(link, {"name": "New Person", "password": PASSWORD}, follow=True)
    assert joined.redirect_chain[-1][0] == "/o/northwind/roles/"
    assert Member.objects.get(user__email="new@example.org").kinds == ["recruiter"]


def test_invite_a_member_says_so(administrator, recruiter, signed_in):
    response = signed_in(administrator).post(BASE + "invite/", {"email": recruiter.user.email, "kinds": ["recruiter"]})
    assert response.status_code == 422
    assert "is a member already" in response.content.decode()


def test_invitation_answers_alike_for_known_and_unknown_addresses(
    administrator, other_organisation, make_member, signed_in
):
    make_member(other_organisation, MemberKind.RECRUITER, email="known@example.org")
    client = signed_in(administrator)
    seen = set()
    for email in ("known@example.org", "unknown@example.org"):
        response = client.post(BASE + "invite/", {"email": email, "kinds": ["recruiter"]})
        main = response.content.decode().partition("<main")[2]
        seen.add((response.status_code, main.replace(email, "…").replace(response.context["link"], "…")))
    assert len(seen) == 1


def test_resend_and_revoke(administrator, signed_in):
    client = signed_in(administrator)
    client.post(BASE + "invite/", {"email": "new@example.org", "kinds": ["recruiter"]})
    ref = Invitation.objects.get().ref
    assert "new@example.org is invited" in client.post(f"{BASE}invitations/{ref}/resend/").content.decode()
    assert client.post(f"{BASE}invitations/{ref}/revoke/").status_code == 302
    assert client.post(f"{BASE}invitations/{ref}/resend/").status_code == 404
    assert [event.kind for event in Event.objects.order_by("seq")] == [
        "member.invited", "invitation.resent", "invitation.revoked",
    ]  # fmt: skip


def test_change_kinds_and_end_a_membership(administrator, recruiter, signed_in):
    client = signed_in(administrator)
    page = f"{BASE}members/{recruiter.ref}/"
    assert client.post(page, {"kinds": ["auditor"]}).status_code == 302
    recruiter.refresh_from_db()
    assert recruiter.kinds == ["auditor"]
    client.post(page + "deactivate/")
    recruiter.refresh_from_db()
    assert recruiter.is_active is False
    client.post(page + "reactivate/")
    recruiter.refresh_from_db()
    assert recruiter.is_active is True


def test_last_administrator_is_told_why(administrator, signed_in):
    client = signed_in(administrator)
    page = f"{BASE}members/{administrator.ref}/"
    assert "last administrator" in client.post(page, {"kinds": ["recruiter"]}).content.decode()
    response = client.post(page + "deactivate/")
    assert (response.status_code, "last administrator" in response.content.decode()) == (409, True)


def test_former_member_opens_nothing(administrator, recruiter, signed_in, client):
    signed_in(recruiter)
    assert client.get("/o/northwind/roles/").status_code == 200
    recruiter.is_active = False
    recruiter.save()
    assert client.get("/o/northwind/roles/").status_code == 404


def test_required_second_factor_closes_every_page(administrator, signed_in, now):
    from allauth.mfa.models import Authenticator

    client = signed_in(administrator)
    fields = {"name": "Northwind", "answer_within_days": "14", "requires_second_factor": "on"}
    client.post(BASE + "organisation/", fields)
    response = client.get("/o/northwind/roles/")
    assert (response.status_code, response["Location"]) == (302, "/account/")
    assert "add a passkey or an authenticator app" in client.get("/account/").content.decode()
    Authenticator.objects.create(user=administrator.user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert client.get("/o/northwind/roles/").status_code == 200
