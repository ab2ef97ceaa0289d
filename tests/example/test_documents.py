import pytest

from assay.example.documents import document_of
from assay.example.lives import LANGUAGE_OF, people, resume_of
from assay.reading.read import read_document
from assay.reading.resume import read_resume

PEOPLE = people()


def test_there_are_some_sixty_people_over_three_roles_and_five_channels():
    assert len(PEOPLE) >= 60
    assert {role for person in PEOPLE for role in person.roles} == {"ml", "nlp", "ds"}
    assert len({person.channel for person in PEOPLE}) == 5


def test_a_life_is_the_same_every_time():
    assert [resume_of(person) for person in PEOPLE] == [resume_of(person) for person in people()]


def test_docx_is_the_same_to_the_byte():
    person = next(one for one in PEOPLE if one.layout == "word")
    assert document_of(person) == document_of(person)


@pytest.mark.parametrize("layout", ["classic", "sidebar", "columns", "dates_left", "icons", "word", "word_table"])
def test_reader_gets_name_mail_and_every_title_of_a_layout(layout):
    person = next(one for one in PEOPLE if one.layout == layout and one.special not in LANGUAGE_OF)
    truth, file = resume_of(person), document_of(person)
    resume = read_resume(document=read_document(data=file.data, file_name=file.name))
    assert resume.name is not None
    assert (resume.name.value, [mail.value for mail in resume.emails]) == (person.name, [truth["email"]])
    titles = [entry.title.value for entry in resume.employments if entry.title]
    assert titles == [job["title"] for job in truth["jobs"]]


def test_hidden_words_of_the_example_are_found_and_not_in_the_text():
    person = next(one for one in PEOPLE if one.special == "hidden_text")
    file = document_of(person)
    document = read_document(data=file.data, file_name=file.name)
    assert resume_of(person)["hidden"] in [hidden.text for hidden in document.hidden]
    assert resume_of(person)["hidden"] not in document.text
