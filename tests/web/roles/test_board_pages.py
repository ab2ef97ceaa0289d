"""The board and the page of one application."""

import pytest

from assay.applications.models import Application, Note, Task
from assay.audit.models import Event

pytestmark = pytest.mark.django_db


def board(role):
    return f"/o/northwind/roles/{role.ref}/board/"


def page(application):
    return f"{board(application.role)}{application.ref}/"


@pytest.mark.parametrize("count", [1, 3])
def test_board_takes_the_same_queries(role, add_application, recruiter, signed_in, django_assert_num_queries, count):
    for number in range(count):
        add_application(f"Person Number{number}")
    client = signed_in(recruiter)
    client.get(board(role))
    with django_assert_num_queries(7):
        body = client.get(board(role)).content.decode()
    assert body.count('class="card-name"') == count


def test_board_is_for_managers_and_not_for_interviewers(application, manager, interviewer, other_manager, signed_in):
    members = (manager, interviewer, other_manager)
    assert [signed_in(one).get(board(application.role)).status_code for one in members] == [200, 403, 404]
    assert [signed_in(one).get(page(application)).status_code for one in members] == [200, 403, 404]


@pytest.mark.parametrize(
    ("path", "fields", "changed"),
    [
        ("move/", {"to": "screening", "version": 1}, lambda: Application.objects.filter(state="screening").count()),
        ("note/", {"text": "Good talk."}, Note.objects.count),
        ("task/", {"text": "Call back."}, Task.objects.count),
    ],
)
def test_changes_are_for_managers_and_not_for_interviewers(
    application, manager, interviewer, signed_in, path, fields, changed
):
    fields = fields | {"assignee": manager.ref} if path == "task/" else fields
    assert [signed_in(interviewer).post(page(application) + path, fields).status_code, changed()] == [403, 0]
    assert [signed_in(manager).post(page(application) + path, fields).status_code, changed()] == [302, 1]


def test_look_at_an_application_is_recorded(application, manager, signed_in):
    signed_in(manager).get(page(application))
    assert Event.objects.filter(kind="application.seen", subject_ref=application.ref, member=manager).count() == 1


def test_rejection_without_a_reason_keeps_the_note(application, manager, signed_in):
    fields = {"to": "rejected", "version": 1, "note": "Wrote twice, no answer.", "from": "application"}
    answer = signed_in(manager).post(page(application) + "move/", fields)
    body = answer.content.decode()
    assert (answer.status_code, Application.objects.get().state) == (422, "new")
    said = ["A rejection needs its reason", "Wrote twice, no answer.</textarea>", '<option value="rejected" selected>']
    assert [words in body for words in said] == [True] * 3


def test_rejection_from_the_board_asks_for_the_reason(application, manager, signed_in):
    answer = signed_in(manager).post(page(application) + "move/", {"to": "rejected", "version": 1})
    assert (answer.status_code, answer["Location"]) == (302, page(application) + "?to=rejected#move")


def test_move_after_a_colleagues_keeps_the_note_and_shows_the_new_version(application, manager, recruiter, signed_in):
    signed_in(recruiter).post(page(application) + "move/", {"to": "screening", "version": 1})
    fields = {"to": "interview", "version": 1, "note": "Let us talk.", "from": "application"}
    answer = signed_in(manager).post(page(application) + "move/", fields)
    body = answer.content.decode()
    assert (answer.status_code, Application.objects.get().state) == (409, "screening")
    assert ["Let us talk.</textarea>" in body, 'name="version" value="2"' in body] == [True, True]


def test_note_of_nothing_is_refused_beside_its_field(application, manager, signed_in):
    answer = signed_in(manager).post(page(application) + "note/", {"text": "  "})
    assert (answer.status_code, "The note is empty." in answer.content.decode(), Note.objects.count()) == (422, True, 0)


@pytest.mark.parametrize("wrong", [{"due_date": "soon"}, {"assignee": "nobody"}, {"text": "x" * 301}])
def test_bad_task_form_keeps_what_was_typed(application, manager, recruiter, signed_in, wrong):
    typed = {"text": "Ask for references", "assignee": recruiter.ref, "due_date": "2026-12-01"}
    answer = signed_in(manager).post(page(application) + "task/", typed | wrong)
    body = answer.content.decode()
    kept = (typed | wrong)["text"]
    assert (answer.status_code, f'value="{kept}"' in body, Task.objects.count()) == (422, True, 0)
    assert ("assignee" in wrong) or f'<option value="{recruiter.ref}" selected>' in body


def test_what_was_typed_is_escaped(application, manager, signed_in):
    fields = {"text": '"><script>alert(1)</script>', "assignee": "nobody"}
    body = signed_in(manager).post(page(application) + "task/", fields).content.decode()
    assert ("<script>alert(1)" in body, "&lt;script&gt;alert(1)" in body) == (False, True)
