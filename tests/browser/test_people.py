"""People in a real browser: corrections that last, two who correct at once, duplicates, and documents read blind."""

import io

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from assay.accounts.choices import MemberKind
from assay.evidence.models import Correction, Document
from assay.evidence.reader import Read
from assay.evidence.services import store_rereading
from assay.people.models import DuplicatePair, Person
from assay.reading.limits import close_pools
from assay.reading.read import read_document
from assay.reading.resume import read_resume
from assay.web.recruiter.people.present import read_document_of
from tests.browser.test_every_page import CHROMIUM
from tests.browser.test_interview import seen, signed_in_context, walk_to
from tests.web.people.conftest import LEAKS, LINES, NOW, add_person, text_file  # noqa: F401 -- a fixture

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: browser tests are switched off"),
]
LATER = tuple(line.replace("amara.okafor@mail", "okafor@new").replace("ML engineer", "Lead engineer") for line in LINES)
INK = """(image, box) => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const [x, y] = [box.x0 * canvas.width, box.y0 * canvas.height];
  const { data } = context.getImageData(x, y, (box.x1 - box.x0) * canvas.width, (box.y1 - box.y0) * canvas.height);
  const grey = data.filter((_, i) => i % 4 === 1);
  return Math.max(...grey) - Math.min(...grey) > 60;
}"""
"""Whether something is drawn within a box of the page's picture."""


@pytest.fixture
def opened(transactional_db, chromium, live_server, recruiter, make_member):
    """Yield a function that opens a page for one of two members, each in a context of their own."""
    members = {"first": recruiter, "second": make_member(recruiter.organisation, MemberKind.RECRUITER, name="Sol Vik")}
    contexts = []

    def open_for(path, who="first", **options):
        contexts.append(signed_in_context(chromium, members[who], live_server, **options))
        page = contexts[-1].new_page()
        page.goto(f"{live_server.url}/o/northwind/{path}")
        return page

    yield open_for
    for context in contexts:
        context.close()


def read_again(lines):
    """Read every document anew, with a reader that finds these lines."""
    for document in Document.objects.all():
        fresh = read_document(data=text_file(lines), file_name="cv.txt")
        store_rereading(document=document, read=Read(fresh, read_resume(document=fresh), (), "2"), now=NOW)


def begin_correction(page, what):
    page.get_by_role("link", name=f"Correct {what}", exact=True).click()
    return page.locator("form.correct [name=value]")


def test_correction_by_keyboard_beats_a_newer_reader_until_it_is_taken_back(opened, add_person):
    page = opened(f"people/{add_person().ref}/")
    walk_to(page, page.get_by_role("link", name="Correct title ML engineer", exact=True))
    page.keyboard.press("Enter")
    field = page.locator("form.correct [name=value]")
    expect(field).to_be_focused()
    expect(field).to_have_value("ML engineer")
    field.press("Control+A")
    page.keyboard.type("Principal engineer")
    page.keyboard.press("Enter")
    expect(page.get_by_text("This stands from now on")).to_be_visible()
    read_again([line.replace("ML engineer", "Machine learning engineer") for line in LINES])
    page.reload()
    expect(page.get_by_text("Title: Principal engineer")).to_be_visible()
    expect(page.get_by_text("corrected by Rana Haddad")).to_be_visible()
    page.get_by_role("button", name="take back the correction of title").click()
    expect(page.get_by_role("link", name="Title: Machine learning engineer")).to_be_visible()


def test_second_of_two_correctors_is_told_and_keeps_the_typed_words(opened, add_person):
    person = add_person()
    first, second = (opened(f"people/{person.ref}/", who) for who in ("first", "second"))
    fields = [begin_correction(page, "name Amara Okafor") for page in (first, second)]
    fields[0].fill("Amara Bell")
    fields[1].fill("Amara Bell-Okafor")
    fields[0].press("Enter")
    expect(first.get_by_text("This stands from now on")).to_be_visible()
    fields[1].press("Enter")
    told = second.get_by_role("alert")
    expect(told).to_contain_text("Rana Haddad changed this while you were at it. It now reads “Amara Bell”.")
    expect(fields[1]).to_have_value("Amara Bell-Okafor")
    seen(second, "correct-conflict")
    assert [row.value for row in Correction.objects.all()] == ["Amara Bell"]
    second.get_by_role("button", name="Save").click()
    expect(second.get_by_text("This stands from now on")).to_be_visible()
    person.refresh_from_db()
    assert person.name == "Amara Bell-Okafor"


def test_second_corrector_without_scripts_keeps_the_typed_words(opened, add_person):
    person = add_person()
    second = opened(f"people/{person.ref}/correct/?path=emails.0", "second", java_script_enabled=False)
    first = opened(f"people/{person.ref}/")
    begin_correction(first, "email amara.okafor@mail.example")
    first.get_by_role("button", name="Remove").click()
    expect(first.get_by_text("This stands from now on")).to_be_visible()
    second.locator("form.correct [name=value]").fill("amara@new.example")
    second.get_by_role("button", name="Save").click()
    expect(second.get_by_role("alert")).to_contain_text("It is no longer there.")
    expect(second.locator("form.correct [name=value]")).to_have_value("amara@new.example")
    second.get_by_role("button", name="Save").click()
    expect(second.get_by_role("heading", level=1)).to_have_text("Amara Okafor")
    expect(second.get_by_text("Email: amara@new.example")).to_be_visible()


def test_duplicates_are_found_merged_and_taken_apart(opened, add_person):
    add_person()
    add_person(text_file(LATER), "later.txt")
    page = opened("duplicates/")
    page.get_by_role("link", name="Amara Okafor and Amara Okafor").click()
    expect(page.get_by_text("Lead engineer, Kornfeld GmbH, 2021, now")).to_be_visible()
    page.locator("[name=history]").last.check()
    page.get_by_label("amara.okafor@mail.example").uncheck()
    page.get_by_role("button", name="Merge into one").click()
    expect(page.get_by_text("Merged. Everything moved to one row")).to_be_visible()
    expect(page.get_by_role("link", name="Title: Lead engineer")).to_be_visible()
    expect(page.get_by_text("amara.okafor@mail.example")).to_have_count(0)
    pair = DuplicatePair.objects.get()
    assert (pair.state, Person.objects.filter(merged_into=None).count()) == ("merged", 1)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Duplicates").click()
    page.get_by_role("button", name="Take apart").click()
    expect(page.get_by_text("Both rows are as they were")).to_be_visible()
    expect(page.get_by_role("link", name="Amara Okafor and Amara Okafor")).to_be_visible()
    assert Person.objects.filter(merged_into=None).count() == 2
    page.get_by_role("link", name="Amara Okafor and Amara Okafor").click()
    page.get_by_role("button", name="Two different people").click()
    expect(page.get_by_text("You are not asked again")).to_be_visible()
    expect(page.get_by_role("heading", name="Nothing to decide")).to_be_visible()


def with_photo():
    """A page of the usual lines, with a face in its corner."""
    face = Image.new("RGB", (80, 100), "#c9a27e")
    ImageDraw.Draw(face).ellipse((15, 15, 65, 85), fill="#2b1a10")
    stream = io.BytesIO()
    page = canvas.Canvas(stream)
    page.drawImage(ImageReader(face), 440, 690, 80, 100)
    for i, line in enumerate(LINES):
        page.drawString(60, 780 - 18 * i, line.replace("–", "-").replace("·", "|"))
    page.save()
    return stream.getvalue()


def test_blind_mode_hides_names_contacts_and_photos_in_the_page_picture(opened, add_person):
    person = add_person(with_photo(), "Okafor.pdf")
    read = read_document_of(Document.objects.get())
    words = [(read.document.text[word.start : word.end], word.box) for word in read.document.words]
    boxes = {"photo": {"x0": 440 / 595, "x1": 520 / 595, "y0": 52 / 842, "y1": 152 / 842}}
    boxes |= {word: box_of(box) for word, box in words if any(leak in word for leak in LEAKS)}
    work = {word: box_of(box) for word, box in words if word in {"forecast", "backtests.", "engineer,"}}
    assert (len(boxes) > 6, len(work)) == (True, 3)
    page = opened(f"people/{person.ref}/")
    picture = page.locator(".page-frame img")
    assert drawn(picture, boxes) == list(boxes)
    page.get_by_role("button", name="Blind mode").click()
    expect(page.get_by_role("button", name="Show names")).to_be_visible()
    assert (drawn(picture, boxes), drawn(picture, work)) == ([], list(work))
    expect(page.get_by_role("link", name="Download the original")).to_have_count(0)
    close_pools()


def box_of(box):
    return {"x0": box.x0, "y0": box.y0, "x1": box.x1, "y1": box.y1}


def drawn(picture, boxes):
    """Yield the names of the boxes in which the picture shows something."""
    picture.evaluate("image => image.decode()")
    return [name for name, box in boxes.items() if picture.evaluate(f"(image, box) => ({INK})(image, box)", box)]
