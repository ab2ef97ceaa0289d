import os
import time
import zlib
from datetime import date
from pathlib import Path

import pytest

from assay.reading.errors import UnreadableCode, UnreadableError
from assay.reading.limits import Limits, close_pools, read_ad_in_child, read_application_file, read_in_child
from assay.reading.vocabulary import Term, Vocabulary
from tests.reading import hostile_files as files

LIMITS = Limits(memory_mib=512, cpu_s=3, wall_s=120)


@pytest.fixture(scope="module", autouse=True)
def _children():
    yield
    close_pools()


def refusal(data: bytes, file_name: str) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        read_in_child(data=data, file_name=file_name, limits=LIMITS)
    return caught.value


def assert_reader_still_works() -> None:
    document = read_in_child(data=files.text_pdf("Ada Lovelace"), file_name="cv.pdf", limits=LIMITS)
    assert document.text.strip() == "Ada Lovelace"


@pytest.mark.parametrize(
    ("name", "make", "codes"),
    [
        ("bomb.pdf", lambda: files.flate_bomb_pdf(megabytes=900), {"memory_limit", "time_limit"}),
        ("laughs.pdf", files.laughing_forms_pdf, {"memory_limit", "time_limit"}),
        ("empty.pdf", lambda: b"", {"empty"}),
        ("blank.txt", lambda: b" \n\t ", {"empty"}),
        ("locked.pdf", lambda: files.text_pdf("secret", user_password="pw"), {"encrypted"}),
        ("garbage.pdf", lambda: b"%PDF-1.7\n" + b"\x93\x07" * 5_000, {"broken"}),
        ("laughs.docx", files.billion_laughs_docx, {"bomb"}),
        ("external.docx", lambda: files.external_entity_docx(address="file:///etc/passwd"), {"bomb"}),
        ("bomb.docx", lambda: files.docx("<w:p/>", word__styles_xml=b" " * 80_000_000), {"bomb", "no_text"}),
        ("document-bomb.docx", lambda: files.docx(" " * 80_000_000), {"bomb"}),
        ("nested.docx", lambda: files.docx("<w:p>" * 5_000 + "</w:p>" * 5_000), {"bomb"}),
        ("recursion.rtf", lambda: b"{\\rtf1 " + b"{" * 200_000, {"bomb"}),
        ("tags.html", lambda: b"<html><body>" + b"<b>" * 1_000_000, {"bomb"}),
        ("program.pdf", lambda: b"MZ" + bytes(range(256)) * 8, {"unsupported"}),
        ("nul.txt", lambda: b"Ada\x00Lovelace" * 50, {"not_a_document"}),
        ("noise.txt", lambda: zlib.compress(bytes(range(256)) * 40), {"not_a_document"}),
        ("old.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, {"unsupported"}),
        ("broken.docx", lambda: files.docx(files.paragraph("Ada"))[:-40], {"broken"}),
        ("list.json", lambda: b'{"a": ' * 100_000, {"broken"}),
        ("archive.zip", lambda: files.zipped({"a.txt": "Ada"}), {"unsupported"}),
    ],
)
def test_hostile_file_is_refused_in_one_sentence_and_the_reader_lives_on(name, make, codes):
    error = refusal(make(), name)
    assert error.code.value in codes
    assert error.message.count("\n") == 0
    assert error.message.endswith(".")
    assert "Traceback" not in error.message
    assert_reader_still_works()


def test_text_of_hundred_megabytes_is_too_large():
    error = refusal(b"Ada Lovelace \n" * 7_500_000, "huge.txt")
    assert error.code is UnreadableCode.TOO_LARGE
    assert_reader_still_works()


def test_ten_thousand_pages_yield_the_first_forty_and_a_notice():
    document = read_in_child(data=files.many_pages_pdf(pages=10_000), file_name="long.pdf", limits=LIMITS)
    assert len(document.pages) == 40
    assert [notice.code for notice in document.notices] == ["pages_left_out"]


def test_recursive_form_does_not_hang():
    error = refusal(files.recursive_form_pdf(), "recursive.pdf")
    assert error.code in {UnreadableCode.NO_TEXT, UnreadableCode.MEMORY_LIMIT, UnreadableCode.BROKEN}
    assert_reader_still_works()


def test_broken_cross_references_are_rebuilt():
    data = files.text_pdf("Ada Lovelace", "Analyst")
    start = data.rindex(b"startxref")
    document = read_in_child(data=data[:start] + b"startxref\n7\n%%EOF", file_name="cv.pdf", limits=LIMITS)
    assert document.text.split("\n")[:2] == ["Ada Lovelace", "Analyst"]


def test_truncated_pdf_is_named_as_damaged():
    data = files.text_pdf("Ada Lovelace")
    assert refusal(data[: len(data) // 3], "cv.pdf").code is UnreadableCode.BROKEN


def test_broken_utf8_is_read_with_a_notice():
    text = "Zoë Müller, Köln, Straße, Übung, Ärger, Öl ".encode() * 5
    document = read_in_child(data=text[:200] + b"\xff" + text[200:], file_name="cv.txt", limits=LIMITS)
    assert document.text.startswith("Zoë Müller")
    assert [notice.code for notice in document.notices] == ["encoding"]


def test_macros_are_never_run_and_the_text_is_read():
    data = files.docx(files.paragraph("Ada Lovelace"), word__vbaProject_bin=b"\xd0\xcf\x11\xe0 Shell calc.exe")
    document = read_in_child(data=data, file_name="cv.docm", limits=LIMITS)
    assert document.text.strip() == "Ada Lovelace"
    assert [notice.code for notice in document.notices] == ["macros"]


def test_wrong_extension_is_read_by_content_with_a_notice():
    document = read_in_child(data=files.text_pdf("Ada Lovelace"), file_name="cv.docx", limits=LIMITS)
    assert document.media_type == "application/pdf"
    assert [notice.code for notice in document.notices] == ["wrong_extension"]


def test_child_knows_no_secret_of_its_parent(monkeypatch):
    monkeypatch.setenv("ASSAY_TEST_SECRET", "s3cret")
    limits = Limits(memory_mib=513, cpu_s=3, wall_s=120)
    read_in_child(data=b"Ada Lovelace", file_name="cv.txt", limits=limits)
    from assay.reading.limits.run import _pool

    (child,) = _pool(limits)._children
    assert b"s3cret" not in Path(f"/proc/{child.pid}/environ").read_bytes()


def test_child_is_reused_until_its_share_of_files_is_read():
    limits = Limits(memory_mib=514, cpu_s=3, wall_s=120, files_per_child=2)
    from assay.reading.limits.run import _pool

    pids = []
    for _ in range(3):
        read_in_child(data=b"Ada Lovelace", file_name="cv.txt", limits=limits)
        pids.append({child.pid for child in _pool(limits)._children})
    assert len(pids[0]) == 1
    assert pids[1] == set()
    assert pids[2] not in (pids[0], set())


def test_idle_child_killed_from_outside_is_replaced_unnoticed():
    limits = Limits(memory_mib=515, cpu_s=3, wall_s=120)
    from assay.reading.limits.run import _pool

    read_in_child(data=b"Ada Lovelace", file_name="cv.txt", limits=limits)
    (child,) = _pool(limits)._children
    os.kill(child.pid, 9)
    while child.is_alive():
        time.sleep(0.01)
    assert read_in_child(data=b"Ada Lovelace", file_name="cv.txt", limits=limits).text == "Ada Lovelace"


def test_application_file_yields_document_and_resume_in_one_trip():
    data = files.text_pdf("Ada Lovelace", "ada@example.org", "Skills", "Python")
    reading = read_application_file(data=data, file_name="cv.pdf", limits=LIMITS)
    assert [found.value for found in reading.resume.emails] == ["ada@example.org"]
    found = reading.resume.emails[0]
    assert reading.document.text[found.start : found.end] == "ada@example.org"


def test_read_application_file_with_a_vocabulary_yields_skills():
    terms = (Term(name="Zig", competency="zig"), Term(name="Rust", competency="rust"))
    for word, term in (("Zig", terms[:1]), ("Rust", terms[1:])):
        reading = read_application_file(
            data=f"Ada Lovelace\n- Wrote {word} services for a bank".encode(),
            file_name="cv.txt",
            vocabulary=Vocabulary(version="own", terms=term),
            today=date(2026, 11, 23),
            limits=LIMITS,
        )
        assert [one.competency for one in reading.skills] == [word.lower()]


def test_read_ad_in_child_yields_requirements():
    vocabulary = Vocabulary(version="own", terms=(Term(name="Rust", competency="rust"),))
    data = b"Engineer\n\nRequirements\n- Experience with Rust in production"
    ad = read_ad_in_child(data=data, file_name="ad.txt", vocabulary=vocabulary, limits=LIMITS).job_ad
    assert "rust" in {one.competency for one in ad.requirements}
