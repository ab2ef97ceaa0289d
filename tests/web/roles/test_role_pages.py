"""The pages of roles: who may, what a bad form keeps, and how many queries they take."""

import pytest

from assay.roles.models import Role, RoleMember, RoleVersion

pytestmark = pytest.mark.django_db
URL = "/o/northwind/roles/"


def edited(seen_number=1, **changes):
    """Yield the whole form for a role with one demand."""
    fields = {
        "title": "ML engineer", "summary": "Forecasts.", "outcomes": "", "places": "Berlin", "work_permit": "",
        "languages": "en", "pay_low": "", "pay_high": "", "currency": "", "period": "year", "note": "",
        "seen_number": seen_number, "demands-TOTAL_FORMS": 1, "demands-INITIAL_FORMS": 1, "demands-0-weight": "2",
        "demands-0-competency": "python", "demands-0-level": "5",
    }  # fmt: skip
    return fields | changes


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_the_same_queries(add_role, recruiter, signed_in, django_assert_num_queries, count):
    for _ in range(count):
        add_role()
    client = signed_in(recruiter)
    client.get(URL)
    with django_assert_num_queries(4):
        body = client.get(URL).content.decode()
    assert [f"ML engineer {number}" in body for number in (1, 2, 3)] == [number <= count for number in (1, 2, 3)]


def test_list_without_roles_says_what_to_do(recruiter, signed_in):
    body = signed_in(recruiter).get(URL).content.decode()
    assert f'href="{URL}new/"' in body


def test_list_shows_interviewers_their_own_roles_only(add_role, interviewer, signed_in):
    add_role("Hidden role")
    body = signed_in(interviewer).get(URL).content.decode()
    assert ("ML engineer" in body, "Hidden role" in body) == (True, False)


def test_new_role_is_for_those_who_define_roles(manager, interviewer, signed_in):
    ad = {"text": "Senior ML engineer\n\nYou have strong Python.\n"}
    before = Role.objects.count()
    assert [signed_in(interviewer).get(f"{URL}new/").status_code, Role.objects.count()] == [403, before]
    assert [signed_in(interviewer).post(f"{URL}new/", ad).status_code, Role.objects.count()] == [403, before]
    assert [signed_in(manager).post(f"{URL}new/", ad).status_code, Role.objects.count()] == [302, before + 1]


def test_new_role_without_an_ad_says_what_is_missing(recruiter, signed_in):
    answer = signed_in(recruiter).post(f"{URL}new/", {"text": "   "})
    assert ("Paste the ad or choose a file." in answer.content.decode(), Role.objects.count()) == (True, 0)


def test_new_role_of_too_long_an_ad_keeps_the_text(recruiter, signed_in):
    text = "Unmistakable beginning. " + "x" * 60_000
    body = signed_in(recruiter).post(f"{URL}new/", {"text": text}).content.decode()
    assert ("Unmistakable beginning." in body, Role.objects.count()) == (True, 0)


def test_role_of_a_template_is_for_those_who_define_roles(manager, interviewer, signed_in):
    client = signed_in(manager)
    page = client.get(f"{URL}new/").content.decode()
    address = f"{URL}new/from-template/{page.split('new/from-template/', 1)[1].split('/', 1)[0]}/"
    before = Role.objects.count()
    assert [client.post(address).status_code, Role.objects.count()] == [302, before + 1]
    assert [signed_in(interviewer).post(address).status_code, Role.objects.count()] == [403, before + 1]
    assert signed_in(manager).post(f"{URL}new/from-template/none/").status_code == 404


@pytest.mark.parametrize("page", ["", "versions/", "versions/1/"])
def test_reading_a_role_takes_a_part_in_it(role, interviewer, other_manager, signed_in, page):
    assert [
        signed_in(member).get(f"{URL}{role.ref}/{page}").status_code for member in (interviewer, other_manager)
    ] == [
        200,
        404,
    ]


@pytest.mark.parametrize("page", ["edit/", "team/"])
def test_changing_a_role_is_for_its_manager(role, manager, interviewer, other_manager, signed_in, page):
    members = (manager, interviewer, other_manager)
    assert [signed_in(member).get(f"{URL}{role.ref}/{page}").status_code for member in members] == [200, 403, 404]


def test_saving_is_for_the_manager_and_makes_a_version(role, manager, interviewer, signed_in):
    assert signed_in(interviewer).post(f"{URL}{role.ref}/edit/", edited()).status_code == 403
    assert RoleVersion.objects.filter(role=role).count() == 1
    assert signed_in(manager).post(f"{URL}{role.ref}/edit/", edited()).status_code == 302
    newest = RoleVersion.objects.filter(role=role).order_by("-number")[0]
    assert (newest.number, newest.profile["demands"][0]["level"]) == (2, 5)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "This field is required."),
        ({"pay_low": "90000", "pay_high": "50000"}, "The range runs backwards."),
        ({"demands-0-competency": ""}, "Keep at least one competency"),
        ({"demands-0-weight": "much"}, "Enter a number."),
    ],
)
def test_bad_profile_form_keeps_what_was_typed(role, manager, signed_in, wrong, said):
    typed = edited(summary="Words that took an hour.", outcomes="Stock-outs halved.", note="Because of the move.")
    body = signed_in(manager).post(f"{URL}{role.ref}/edit/", typed | wrong).content.decode()
    kept = ["Words that took an hour.", "Stock-outs halved.", "Because of the move.", 'value="Berlin"']
    assert [words in body for words in [said, *kept]] == [True] * 5
    assert RoleVersion.objects.filter(role=role).count() == 1


def test_words_that_the_map_lacks_are_shown_with_their_sentence_and_can_be_removed(recruiter, signed_in):
    ad = "ML engineer\n\nRequirements\n- Strong Python\n- Experience with Foobarix 3\n- Knowledge of Zyntraq Streams\n"
    client = signed_in(recruiter)
    page = client.post(f"{URL}new/", {"text": ad}).url
    body = client.get(page).content.decode()
    for word, sentence in (
        ("Foobarix 3", "Experience with Foobarix 3"),
        ("Zyntraq Streams", "Knowledge of Zyntraq Streams"),
    ):
        assert f'<span class="chip">{word}</span> <q class="small">{sentence}</q>' in body
    assert 'name="removed_words" value="Foobarix 3"' in client.get(f"{page}edit/").content.decode()
    assert client.post(f"{page}edit/", edited(removed_words=["Python"])).status_code == 200
    client.post(f"{page}edit/", edited(removed_words=["Foobarix 3"]))
    body = client.get(page).content.decode()
    assert ['chip">Foobarix 3' in body, 'chip">Zyntraq Streams' in body] == [False, True]
    assert "“Foobarix 3” removed; it is not in the map." in client.get(f"{page}versions/").content.decode()
    first, second = RoleVersion.objects.order_by("number")
    lost = [one for one in first.profile["requirements"] if one not in second.profile["requirements"]]
    assert [one["value"] for one in lost] == ["Foobarix 3"]


def test_saving_over_a_colleagues_version_is_refused(role, manager, recruiter, signed_in):
    signed_in(recruiter).post(f"{URL}{role.ref}/edit/", edited())
    assert signed_in(manager).post(f"{URL}{role.ref}/edit/", edited()).status_code == 409
    assert RoleVersion.objects.filter(role=role).count() == 2


def test_opening_is_for_the_manager(role, manager, interviewer, signed_in):
    address = f"{URL}{role.ref}/state/"
    assert signed_in(interviewer).post(address, {"state": "open"}).status_code == 403
    assert Role.objects.get(pk=role.pk).state == "draft"
    assert [signed_in(manager).post(address, {"state": state}).status_code for state in ("open", "x")] == [302, 422]
    assert Role.objects.get(pk=role.pk).state == "open"


def test_team_is_changed_by_the_manager(role, manager, interviewer, other_manager, signed_in):
    change = {"colleague": other_manager.ref, "duty": "hiring_manager"}
    duties = RoleMember.objects.filter(role=role, member=other_manager)
    assert [signed_in(interviewer).post(f"{URL}{role.ref}/team/", change).status_code, duties.count()] == [403, 0]
    assert [signed_in(manager).post(f"{URL}{role.ref}/team/", change).status_code, duties.count()] == [302, 1]
    assert signed_in(manager).post(f"{URL}{role.ref}/team/", change | {"duty": "king"}).status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_versions_take_the_same_queries(role, recruiter, signed_in, django_assert_num_queries, count):
    client = signed_in(recruiter)
    for number in range(1, count):
        client.post(f"{URL}{role.ref}/edit/", edited(number, **{"demands-0-level": str(number)}))
    client.get(f"{URL}{role.ref}/versions/")
    with django_assert_num_queries(6):
        client.get(f"{URL}{role.ref}/versions/")
    assert RoleVersion.objects.filter(role=role).count() == count
