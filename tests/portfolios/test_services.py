"""Adding, taking back, claiming, confirming, rating: who may, what is refused, what stays."""

import pytest

from assay.audit.models import Event
from assay.core.errors import ConflictError, InvalidError, NotFoundError
from assay.evidence.models import Blob, Observation, Retraction
from assay.messages.models import Mail
from assay.people.services import erase_person
from assay.portfolios import reading
from assay.portfolios.choices import Aspect, WorkKind, WorkState
from assay.portfolios.links import address_of_proof, portfolio_of_token, proof_of, token_of
from assay.portfolios.models import Address, Portfolio, Work
from assay.portfolios.reading import read, report_of
from assay.portfolios.selectors import reviewed_works
from assay.portfolios.services import (
    MOST_ADDRESSES,
    MOST_BYTES,
    MOST_WORKS,
    Shown,
    add_work,
    claim_addresses,
    confirm_address,
    open_portfolio,
    rate_work,
    renew_link,
    take_back,
)
from assay.repositories.errors import Refusal, RepositoryError
from tests.portfolios.conftest import ME, PATH, address, applicant, upload


def counted(person):
    return Observation.objects.filter(person=person, retraction=None)


def test_opening_twice_is_opening_once(portfolio, application, recruiter, now):
    assert open_portfolio(application=application, member=recruiter, now=now) == portfolio
    assert Event.objects.filter(kind="portfolio.opened").count() == 1


def test_link_opens_until_it_is_renewed(portfolio, recruiter, now):
    token = token_of(portfolio)
    assert portfolio_of_token(token=token) == portfolio
    new = renew_link(portfolio=portfolio, member=recruiter, now=now)
    assert portfolio_of_token(token=new) == portfolio
    for wrong in (token, f"{new}x", portfolio.ref, ""):
        with pytest.raises(NotFoundError):
            portfolio_of_token(token=wrong)


def test_bundle_becomes_weak_observations_of_claimed_lines(portfolio, bundle, application, now):
    claim_addresses(portfolio=portfolio, emails=[ME], path_of=PATH, now=now)
    work = add_work(portfolio=portfolio, shown=upload(bundle), now=now)
    assert work.state == WorkState.WAITING
    read(work_ref=work.ref, now=now)
    work.refresh_from_db()
    report = report_of(work)
    assert (work.state, report.authorship.own_commits) == (WorkState.READ, 3)
    found = {row.competency: row for row in counted(application.person)}
    assert {"scikit_learn", "testing", "validation_design"} <= set(found)
    assert all(row.source_kind == "portfolio" for row in found.values())
    claimed = found["testing"].facts["p_not_authored"]
    confirm_address(address=Address.objects.get(), now=now)
    read(work_ref=work.ref, now=now)
    assert counted(application.person).count() == len(found)
    assert counted(application.person).get(competency="testing").facts["p_not_authored"] < claimed
    assert Retraction.objects.count() == len(found)


def test_work_that_is_taken_back_leaves_nothing_that_counts(portfolio, bundle, application, now):
    claim_addresses(portfolio=portfolio, emails=[ME], path_of=PATH, now=now)
    work = add_work(portfolio=portfolio, shown=upload(bundle), now=now)
    read(work_ref=work.ref, now=now)
    take_back(work=work, now=now)
    take_back(work=work, now=now)
    read(work_ref=work.ref, now=now)
    work.refresh_from_db()
    assert (work.state, work.report, work.blob) == (WorkState.TAKEN_BACK, None, None)
    assert not counted(application.person).exists()
    assert not Blob.objects.exists()
    assert Event.objects.filter(kind="portfolio.work_taken_back").count() == 1


def test_wrong_address_yields_no_observation_and_says_whose_commits_there_are(portfolio, bundle, application, now):
    claim_addresses(portfolio=portfolio, emails=["someone@example.org"], path_of=PATH, now=now)
    work = add_work(portfolio=portfolio, shown=upload(bundle), now=now)
    read(work_ref=work.ref, now=now)
    work.refresh_from_db()
    assert [one.email for one in report_of(work).authorship.people] == [ME]
    assert not counted(application.person).exists()


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"not a bundle", "work.bundle", "bundle"),
        (b"PK\x03\x04 broken", "work.zip", "archive"),
        (b"MZ\x90", "setup.exe", ""),
    ],
)
def test_file_that_cannot_be_read_says_why(portfolio, application, now, data, name, says):
    work = add_work(portfolio=portfolio, shown=upload(data, name=name), now=now)
    read(work_ref=work.ref, now=now)
    work.refresh_from_db()
    assert work.state == WorkState.UNREADABLE
    assert work.refusal
    assert says in work.refusal.lower()
    assert not counted(application.person).exists()


def test_address_that_does_not_answer_says_so(portfolio, now, monkeypatch):
    def silent(*, request):
        raise RepositoryError(refusal=Refusal.UNREACHABLE, message=f"{request.origin} does not answer.")

    monkeypatch.setattr(reading, "review_in_child", silent)
    work = add_work(portfolio=portfolio, shown=address(), now=now)
    read(work_ref=work.ref, now=now)
    work.refresh_from_db()
    assert (work.state, work.refusal) == (WorkState.UNREADABLE, "https://git.example.org/ann/churn does not answer.")


@pytest.mark.parametrize(
    "shown",
    [
        address("http://git.example.org/x"),
        address("git@example.org:x.git"),
        address("https://user:secret@localhost"),
        address("file:///etc/passwd"),
        address("not a doi", WorkKind.PAPER),
        address("javascript:alert(1)", WorkKind.DEMO),
        upload(b""),
        Shown(WorkKind.PRIVATE, "Secret", "", "  "),
    ],
)
def test_what_cannot_be_shown_is_refused(portfolio, now, shown):
    with pytest.raises(InvalidError):
        add_work(portfolio=portfolio, shown=shown, now=now)
    assert not Work.objects.exists()


def test_file_beyond_the_limit_is_refused(portfolio, now):
    with pytest.raises(InvalidError, match="larger than 40 MB"):
        add_work(portfolio=portfolio, shown=upload(b"x" * (MOST_BYTES + 1)), now=now)


def test_papers_and_private_work_are_for_people(portfolio, now):
    paper = add_work(portfolio=portfolio, shown=address("arXiv:1706.03762", WorkKind.PAPER), now=now)
    doi = add_work(
        portfolio=portfolio, shown=address("https://doi.org/10.1145/3292500.3330701", WorkKind.PAPER), now=now
    )
    secret = add_work(portfolio=portfolio, shown=Shown(WorkKind.PRIVATE, "Ward planning", "", "I led it."), now=now)
    assert [one.state for one in (paper, doi, secret)] == [WorkState.SHOWN] * 3
    read(work_ref=paper.ref, now=now)
    paper.refresh_from_db()
    assert paper.state == WorkState.SHOWN


def test_same_work_twice_and_too_many_are_refused(portfolio, now):
    add_work(portfolio=portfolio, shown=address(), now=now)
    with pytest.raises(ConflictError):
        add_work(portfolio=portfolio, shown=address(), now=now)
    for number in range(MOST_WORKS - 1):
        add_work(portfolio=portfolio, shown=address(f"https://git.example.org/ann/{number}"), now=now)
    with pytest.raises(InvalidError, match="take one back"):
        add_work(portfolio=portfolio, shown=address("https://git.example.org/ann/more"), now=now)


def test_addresses_are_mailed_and_confirmed_by_their_own_proof_alone(portfolio, now):
    claim_addresses(portfolio=portfolio, emails=[" Ann@Example.org", ME, "b@example.org", ""], path_of=PATH, now=now)
    claim_addresses(portfolio=portfolio, emails=[ME], path_of=PATH, now=now)
    first, second = portfolio.addresses.all()
    assert (first.email, second.email) == (ME, "b@example.org")
    assert set(Mail.objects.values_list("to", flat=True)) == {ME, "b@example.org"}
    assert proof_of(first) in Mail.objects.get(to=ME).text
    assert address_of_proof(portfolio=portfolio, proof=proof_of(second)) == second
    with pytest.raises(NotFoundError):
        address_of_proof(portfolio=portfolio, proof=proof_of(second)[:-1])
    confirm_address(address=second, now=now)
    confirm_address(address=second, now=now)
    assert Event.objects.filter(kind="portfolio.address_confirmed").count() == 1


@pytest.mark.parametrize(
    "emails", [["no address"], ["a@b"], [f"n{number}@example.org" for number in range(MOST_ADDRESSES + 1)]]
)
def test_addresses_that_are_none_or_too_many_are_refused(portfolio, now, emails):
    with pytest.raises(InvalidError):
        claim_addresses(portfolio=portfolio, emails=emails, path_of=PATH, now=now)
    assert not Address.objects.exists()
    assert not Mail.objects.exists()


def test_rating_opens_others_ratings_and_stands(portfolio, recruiter, make_member, organisation, now):
    work = add_work(portfolio=portfolio, shown=address(), now=now)
    other = make_member(organisation)
    rate_work(work=work, member=other, levels={Aspect.DEPTH: 4}, words="Solid", now=now)
    assert reviewed_works(portfolio=portfolio, member=recruiter)[0].ratings == []
    rate_work(work=work, member=recruiter, levels={}, words="", now=now)
    assert len(reviewed_works(portfolio=portfolio, member=recruiter)[0].ratings) == 2
    with pytest.raises(ConflictError):
        rate_work(work=work, member=recruiter, levels={Aspect.DEPTH: 5}, words="", now=now)
    for levels in ({Aspect.DEPTH: 6}, {"beauty": 3}):
        with pytest.raises(InvalidError):
            rate_work(work=work, member=make_member(organisation), levels=levels, words="", now=now)


def test_repository_that_two_people_show_is_named(portfolio, bundle, role, recruiter, now):
    other = open_portfolio(application=applicant(role, now, "Bo Lind"), member=recruiter, now=now)
    for one in (portfolio, other):
        work = add_work(portfolio=one, shown=upload(bundle), now=now)
        read(work_ref=work.ref, now=now)
    assert [one.elsewhere for one in reviewed_works(portfolio=portfolio, member=recruiter)] == [1]


def test_erased_person_leaves_no_work_and_no_file(portfolio, bundle, application, recruiter, now):
    add_work(portfolio=portfolio, shown=upload(bundle), now=now)
    erase_person(person=application.person, member=recruiter, now=now)
    assert not Portfolio.objects.exists()
    assert not Blob.objects.exists()
