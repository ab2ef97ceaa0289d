"""A pile of files in a real browser: dropped or chosen by keyboard, watched while it is read, and never read twice."""

import io
import zipfile

import pytest
from playwright.sync_api import expect

from assay.evidence.models import Document
from assay.people.models import Person
from assay.sourcing.models import Import
from assay.sourcing.working import read_item
from tests.browser.test_every_page import CHROMIUM
from tests.browser.test_interview import seen, signed_in_context, walk_to
from tests.sourcing.conftest import NOW, read, resume_text, role  # noqa: F401 -- a fixture

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: browser tests are switched off"),
]
PEOPLE = ("Amara Okafor", "Ola Berg", "Ida Lund")
MANY = 500


@pytest.fixture
def page(transactional_db, chromium, live_server, recruiter):
    context = signed_in_context(chromium, recruiter, live_server)
    opened = context.new_page()
    opened.goto(f"{live_server.url}/o/northwind/imports/")
    yield opened
    context.close()


@pytest.fixture
def folder(tmp_path):
    """A folder with a file for each of three people, the last one in a folder of its own."""
    (tmp_path / "cvs" / "late").mkdir(parents=True)
    for i, name in enumerate(PEOPLE):
        place = tmp_path / "cvs" / "late" if i == 2 else tmp_path / "cvs"
        (place / f"cv-{i}.txt").write_bytes(resume_of(name, i))
    return tmp_path / "cvs"


def resume_of(name, number):
    return resume_text(name=name, email=f"person{number}@mail.example", extra=f"- Case {number} of her own.")


def drop(page, *paths):
    """Drop files or folders of the disk on the field, as the desktop does."""
    box = page.locator("#drop").bounding_box()
    where = {"x": box["x"] + box["width"] / 2, "y": box["y"] + 12}
    carried = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    session = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, "data": carried, **where})


def send(page):
    page.get_by_role("button", name="Import", exact=True).click()
    page.wait_for_url(lambda address: not address.endswith("/imports/"))


def packed(files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def read_some(count):
    """Read as many of the waiting files as are asked for."""
    for item in Import.objects.get().items.filter(state="waiting").order_by("pk")[:count]:
        read_item(item_id=item.pk, read=read, now=NOW)


def test_dropped_files_and_folders_become_people(role, page, folder):
    drop(page, folder / "cv-0.txt")
    expect(page.locator("#drop-title")).to_have_text("1 file chosen")
    drop(page, folder / "cv-1.txt", folder / "late")
    expect(page.locator("#drop-title")).to_have_text("3 files chosen")
    page.get_by_label("For a role").select_option(label=role.title)
    send(page)
    read_some(3)
    expect(page.get_by_role("link", name="Ida Lund")).to_be_visible()
    expect(page.get_by_role("link", name="Open the shortlist")).to_be_visible()
    assert set(Person.objects.values_list("name", flat=True)) == set(PEOPLE)
    assert role.applications.count() == 3
    seen(page, "import-done")


def test_files_are_chosen_and_sent_by_keyboard_alone(page, folder):
    page.on("filechooser", lambda chooser: chooser.set_files([folder / "cv-0.txt", folder / "cv-1.txt"]))
    walk_to(page, page.locator("#files"))
    page.keyboard.press("Enter")
    expect(page.locator("#drop-title")).to_have_text("2 files chosen")
    walk_to(page, page.locator("#import-send"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("0 of 2 files")).to_be_visible()
    assert Import.objects.get().items.count() == 2


def test_progress_survives_a_reload_and_keeps_the_focus(page, folder):
    drop(page, folder)
    expect(page.locator("#drop-title")).to_have_text("3 files chosen")
    send(page)
    read_some(1)
    expect(page.get_by_text("1 of 3 files · 1 read")).to_be_visible()
    page.reload()
    expect(page.get_by_text("1 of 3 files · 1 read")).to_be_visible()
    stop = page.get_by_role("button", name="Stop reading")
    walk_to(page, stop)
    read_some(1)
    expect(page.get_by_text("2 of 3 files · 2 read")).to_be_visible()
    expect(stop).to_be_focused()
    read_some(1)
    expect(page.get_by_text("Done")).to_be_visible()
    assert Person.objects.count() == 3


def test_sending_that_was_cut_off_is_taken_up_again(page, folder, live_server):
    page.route("**/files/", lambda route: route.abort())
    drop(page, folder / "cv-0.txt")
    expect(page.locator("#drop-title")).to_have_text("1 file chosen")
    with page.expect_request("**/files/"):
        page.get_by_role("button", name="Import", exact=True).click()
    page.on("dialog", lambda dialog: dialog.accept())  # "leave the page?", asked while files are on their way
    page.goto(f"{live_server.url}/o/northwind/imports/")
    page.unroute("**/files/")
    page.locator("table.imports a").first.click()
    expect(page.get_by_text("Receiving files")).to_be_visible()
    seen(page, "import-receiving")
    page.locator("#rest").set_input_files([folder / "cv-0.txt", folder / "cv-1.txt"])
    page.get_by_role("button", name="Send the rest").click()
    page.get_by_role("button", name="That was all").click()
    read_some(2)
    expect(page.get_by_text("2 of 2 files · 2 read")).to_be_visible()
    assert Import.objects.get().items.count() == 2


def test_second_click_and_second_import_do_nothing_twice(page, folder, live_server):
    page.locator("#files").set_input_files([folder / "cv-0.txt", folder / "cv-1.txt"])
    page.get_by_role("button", name="Import", exact=True).dblclick()
    page.wait_for_url(lambda address: not address.endswith("/imports/"))
    read_some(2)
    expect(page.get_by_text("Done")).to_be_visible()
    assert (Import.objects.count(), Document.objects.count()) == (1, 2)
    page.goto(f"{live_server.url}/o/northwind/imports/")
    page.locator("#files").set_input_files([folder / "cv-0.txt"])
    send(page)
    item = Import.objects.order_by("-pk")[0].items.get()
    read_item(item_id=item.pk, read=read, now=NOW)
    expect(page.get_by_role("heading", name="Already here")).to_be_visible()
    assert (Document.objects.count(), Person.objects.count()) == (2, 2)


def test_archive_is_unpacked_and_what_is_unreadable_is_named_with_its_reason(page, tmp_path):
    inside = {
        "one.txt": resume_of("Amara Okafor", 0),
        "two.txt": resume_of("Ola Berg", 1),
        "broken.pdf": b"%PDF-1.7\nno",
    }
    (tmp_path / "pile.zip").write_bytes(packed(inside))
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "empty.txt").write_bytes(b"")
    drop(page, tmp_path / "pile.zip", tmp_path / "old.doc", tmp_path / "empty.txt")
    expect(page.locator("#drop-title")).to_have_text("3 files chosen")
    send(page)
    while Import.objects.get().items.filter(state="waiting").exists():
        read_some(3)
    rows = page.locator("section[aria-labelledby=unreadable-title] li")
    expect(rows).to_have_count(3)
    for name, reason in (("old.doc", "old Word file"), ("empty.txt", "empty"), ("broken.pdf", "damaged")):
        expect(rows.filter(has_text=name)).to_contain_text(reason)
    expect(page.get_by_text("5 of 5 files · 2 read · 3 could not be read")).to_be_visible()
    assert set(Person.objects.values_list("name", flat=True)) == {"Amara Okafor", "Ola Berg"}
    seen(page, "import-unreadable")


def test_five_hundred_small_files_stay_usable(page, tmp_path):
    for i in range(MANY):
        (tmp_path / f"cv-{i:03}.txt").write_bytes(resume_of(f"Person Number{i}", i))
    drop(page, tmp_path)
    expect(page.locator("#drop-title")).to_have_text(f"{MANY} files chosen")
    send(page)
    expect(page.get_by_text(f"0 of {MANY} files")).to_be_visible()
    assert Import.objects.get().items.count() == MANY
    read_some(3)
    expect(page.get_by_text(f"3 of {MANY} files · 3 read")).to_be_visible()
    walk_to(page, page.get_by_role("button", name="Stop reading"))
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"{MANY} of {MANY} files · 3 read · {MANY - 3} not read")).to_be_visible()
    expect(page.get_by_role("button", name="Try the rest again")).to_be_visible()
