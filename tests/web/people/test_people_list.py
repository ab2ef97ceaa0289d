import pytest

from assay.people.models import Person
from assay.sourcing.people_list import BY_NAME, PeopleQuery, people_page
from tests.web.people.conftest import text_file

pytestmark = pytest.mark.django_db
URL = "/o/northwind/people/"


@pytest.fixture
def people(add_person, applied):
    names = ("Anna Müller", "Bo Li", "Cem Şahin")
    made = [add_person(text_file((name, f"p{i}@mail.example", f"Word{i} shared"))) for i, name in enumerate(names)]
    applied(made[0])
    return made


@pytest.fixture
def client_of_recruiter(recruiter, signed_in):
    return signed_in(recruiter)


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_nine_queries(add_person, applied, client_of_recruiter, django_assert_num_queries, count):
    for i in range(count):
        applied(add_person(text_file((f"Person Number{i}", f"p{i}@mail.example", f"Word{i}"))))
    client_of_recruiter.get(URL)
    with django_assert_num_queries(9):
        body = client_of_recruiter.get(URL).content
    assert body.count(b'class="person-row"') == count


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("anna", ["Anna Müller"]),
        ("MULLER", ["Anna Müller"]),
        ("p1@mail.example", ["Bo Li"]),
        ("word2 sahin", ["Cem Şahin"]),
        ("word2 anna", []),
        ("shar", ["Anna Müller", "Bo Li", "Cem Şahin"]),
        ("' | \\ ) !", ["Anna Müller", "Bo Li", "Cem Şahin"]),
        ("o'brien\\", []),
    ],
)
def test_search_finds_every_word_at_its_beginning(people, recruiter, text, found):
    page = people_page(member=recruiter, query=PeopleQuery(text=text, order=BY_NAME))
    assert [person.name for person in page.people] == found


@pytest.mark.parametrize("order", ["newest", "name"])
def test_pages_follow_one_another_without_gap_or_repeat(people, recruiter, order):
    query, seen = PeopleQuery(order=order), []
    while True:
        page = people_page(member=recruiter, query=query, size=1)
        seen += [person.name for person in page.people]
        if not page.next_after:
            break
        query = query._replace(after=page.next_after)
    whole = people_page(member=recruiter, query=PeopleQuery(order=order)).people
    assert seen == [person.name for person in whole]
    assert len(seen) == 3


@pytest.mark.parametrize("after", ["nonsense", "!!", "WzEsMl0", "W10"])
def test_made_up_page_key_shows_the_beginning(people, recruiter, after):
    assert len(people_page(member=recruiter, query=PeopleQuery(after=after)).people) == 3


@pytest.mark.parametrize(
    ("given", "count"),
    [({"state": "new"}, 1), ({"state": "hired"}, 0), ({"channel": "Fair"}, 1), ({"problems": "1"}, 1)],
)
def test_filters_narrow_the_list(people, recruiter, signed_in, given, count):
    Person.objects.filter(pk=people[1].pk).update(problems=["no_name"])
    assert signed_in(recruiter).get(URL, given).content.count(b'class="person-row"') == count


def test_filter_by_role(people, recruiter, role, signed_in):
    assert signed_in(recruiter).get(URL, {"role": role.ref}).content.count(b'class="person-row"') == 1


def test_list_shows_nobody_of_another_organisation(people, stranger, signed_in):
    assert b"Nobody here yet" in signed_in(stranger).get("/o/elsewhere/people/").content


def test_hiring_manager_lists_only_their_applicants(people, manager):
    assert [person.name for person in people_page(member=manager, query=PeopleQuery()).people] == ["Anna Müller"]
