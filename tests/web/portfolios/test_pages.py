"""The candidate's page and the reviewer's: what is shown when, to whom, and what bad input gets."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assay.accounts.choices import MemberKind
from assay.messages.models import Mail
from assay.people.choices import ContactKind
from assay.people.services import Given, set_contacts
from assay.portfolios.links import proof_of, token_of
from assay.portfolios.models import Address, Portfolio, Work
from assay.portfolios.reading import read
from assay.portfolios.services import add_work, claim_addresses
from assay.roles.choices import RoleDuty
from assay.roles.models import RoleMember
from tests.portfolios.conftest import ME, PATH, address, application, bundle, portfolio, role, upload  # noqa: F401


def at(organisation, application, rest=""):
    return f"/o/{organisation.slug}/portfolios/{application.role.ref}/{application.ref}/{rest}"


def form(**more):
    return {
        "kind": "address",
        "origin": "https://git.example.org/ann/churn",
        "title": "",
        "said": "",
        "emails": "",
    } | more


def test_link_is_made_mailed_and_renewed(organisation, application, signed_in, recruiter):
    client = signed_in(recruiter)
    assert "Make the link" in client.get(at(organisation, application)).content.decode()
    client.post(at(organisation, application, "ask"), {"action": "open"})
    link = token_of(Portfolio.objects.get())
    assert link in client.get(at(organisation, application)).content.decode()
    client.post(at(organisation, application, "ask"), {"action": "mail"})
    assert not Mail.objects.exists()
    set_contacts(person=application.person, given=[Given(ContactKind.EMAIL, "ines@example.org")])
    client.post(at(organisation, application, "ask"), {"action": "mail"})
    assert link in Mail.objects.get().text
    client.post(at(organisation, application, "ask"), {"action": "renew"})
    assert client.get(f"/w/{link}/").status_code == 404


def test_candidate_adds_confirms_and_takes_back(portfolio, client, bundle, now):
    page = f"/w/{token_of(portfolio)}/"
    assert "Nothing is here yet" in client.get(page).content.decode()
    file = SimpleUploadedFile("churn.bundle", bundle)
    answer = client.post(
        f"{page}add", form(kind="upload", origin="", file=file, title="Churn", emails=f"{ME}; x@example.org")
    )
    assert answer.status_code == 302
    work = Work.objects.get()
    assert (work.title, work.origin) == ("Churn", "churn.bundle")
    body = client.get(page).content.decode()
    assert "Waiting to be read" in body
    assert body.count("waits for your click") == 2
    proof = proof_of(Address.objects.get(email=ME))
    assert "Is this address yours?" in client.get(f"{page}mail/{proof}").content.decode()
    assert Address.objects.get(email=ME).confirmed_at is None
    assert "Confirmed" in client.post(f"{page}mail/{proof}").content.decode()
    assert Address.objects.get(email=ME).confirmed_at is not None
    assert client.get(f"{page}mail/{proof}x").status_code == 404
    client.post(f"{page}{work.ref}/back")
    assert "Nothing is here yet" in client.get(page).content.decode()
    assert client.post(f"{page}nothing/back").status_code == 404


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (form(origin="ftp://x"), 422),
        (form(kind="castle"), 422),
        (form(emails="nobody"), 422),
        (form(kind="upload"), 422),
    ],
)
def test_form_that_is_refused_keeps_what_was_typed(portfolio, client, sent, status):
    answer = client.post(f"/w/{token_of(portfolio)}/add", sent | {"said": "I wrote the loader."})
    assert answer.status_code == status
    body = answer.content.decode()
    assert "I wrote the loader." in body
    assert 'role="alert"' in body
    assert not Work.objects.exists()


def test_ended_application_takes_no_more(portfolio, client, application):
    application.state = "withdrawn"
    application.save()
    assert "Add a work" not in client.get(f"/w/{token_of(portfolio)}/").content.decode()


def test_summary_is_shown_after_the_own_rating(organisation, portfolio, application, bundle, signed_in, recruiter, now):
    claim_addresses(portfolio=portfolio, emails=[ME], path_of=PATH, now=now)
    work = add_work(portfolio=portfolio, shown=upload(bundle), now=now)
    read(work_ref=work.ref, now=now)
    client = signed_in(recruiter)
    before = client.get(at(organisation, application)).content.decode()
    assert "What do you think of it?" in before
    assert "GroupKFold" not in before
    assert client.post(at(organisation, application, f"{work.ref}/rate"), {"depth": "9"}).status_code == 422
    client.post(at(organisation, application, f"{work.ref}/rate"), {"depth": "4", "care": "", "words": "Clean"})
    after = client.get(at(organisation, application)).content.decode()
    assert "builds the core, and says why so" in after
    assert "GroupKFold" in after
    assert "To talk about" in after
    assert "How it covers the role" in after
    assert "weak evidence" in after
    assert client.post(at(organisation, application, f"{work.ref}/rate"), {"depth": "5"}).status_code == 409


def test_people_of_the_role_see_it_and_others_do_not(
    organisation, other_organisation, portfolio, application, signed_in, make_member, now
):
    add_work(portfolio=portfolio, shown=address(), now=now)
    manager = make_member(organisation, MemberKind.HIRING_MANAGER)
    page = at(organisation, application)
    assert signed_in(manager).get(page).status_code == 404
    RoleMember.objects.create(role=application.role, member=manager, duty=RoleDuty.HIRING_MANAGER)
    body = signed_in(manager).get(page).content.decode()
    assert "git.example.org" in body
    assert "New link" not in body
    assert signed_in(manager).post(f"{page}ask", {"action": "renew"}).status_code == 403
    stranger = make_member(other_organisation, MemberKind.ADMINISTRATOR)
    assert signed_in(stranger).get(at(other_organisation, application)).status_code == 404
