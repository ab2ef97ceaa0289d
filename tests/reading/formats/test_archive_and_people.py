import io
import zipfile

import pytest

from assay.reading.errors import UnreadableCode, UnreadableError
from assay.reading.formats.archive import expand_archive
from assay.reading.formats.people_csv import defused, read_people_csv
from tests.reading.hostile_files import docx, paragraph, zip_with_link, zipped


def outcome(data: bytes) -> dict[str, str]:
    """Name to the code of the refusal, or to nothing where the member was read."""
    return {member.name: member.error.code.value if member.error else "" for member in expand_archive(data=data)}


def test_names_that_lead_outside_are_left_out_and_the_rest_is_read():
    data = zipped({"../evil.txt": "x", "/etc/passwd": "x", "C:/x.txt": "x", "a\\b.txt": "x", "people/ada.txt": "Ada"})
    assert outcome(data) == {
        "../evil.txt": "not_a_document",
        "/etc/passwd": "not_a_document",
        "C:/x.txt": "not_a_document",
        "a\\b.txt": "not_a_document",
        "people/ada.txt": "",
    }


def test_symbolic_link_is_left_out():
    assert outcome(zip_with_link(name="link.txt", target="/etc/passwd")) == {"link.txt": "not_a_document", "cv.txt": ""}


def test_bomb_inside_is_left_out():
    assert outcome(zipped({"bomb.txt": b"\0" * 20_000_000, "cv.txt": "Ada"})) == {"bomb.txt": "bomb", "cv.txt": ""}


def test_archive_in_archive_is_opened_once_and_office_files_stay_whole():
    office = docx(paragraph("Ada"))
    inner = zipped({"deep.zip": zipped({"x.txt": "x"}), "cv.docx": office})
    assert outcome(zipped({"inner.zip": inner})) == {"inner.zip/deep.zip": "unsupported", "inner.zip/cv.docx": ""}


def test_litter_of_operating_systems_is_skipped():
    assert outcome(zipped({"__MACOSX/._cv.txt": "x", "a/.DS_Store": "x", "a/": "", "a/cv.txt": "Ada"})) == {
        "a/cv.txt": ""
    }


def test_damaged_archive_is_refused():
    with pytest.raises(UnreadableError) as caught:
        expand_archive(data=zipped({"cv.txt": "Ada"})[:-30])
    assert caught.value.code is UnreadableCode.BROKEN


def test_member_whose_stated_size_lies_is_left_out():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("cv.txt", b" " * 30_000_000)
    data = out.getvalue().replace((30_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert [member.error is not None for member in expand_archive(data=data)] == [True]


@pytest.mark.parametrize(
    ("table", "encoding"),
    [
        ("Name,E-mail,Phone\nAda Lovelace,ada@example.org,+44 20 7946 0000\n", "utf-8"),
        ("Vorname;Nachname;E-Mail;Telefon\nAda;Lovelace;ada@example.org;+44 20 7946 0000\n", "cp1252"),
        ("Prénom\tNom\tCourriel\tTéléphone\nAda\tLovelace\tada@example.org\t+44 20 7946 0000\n", "utf-8-sig"),
        (
            "sep=|\nNombre|Apellidos|Correo|Móvil\nAda|Lovelace|ada@example.org|+44 20 7946 0000",
            "utf-16",
        ),
    ],
)
def test_people_are_read_whatever_delimiter_encoding_and_language(table, encoding):
    (person,) = read_people_csv(data=table.encode(encoding)).people
    assert (person.name, person.emails, person.phones) == ("Ada Lovelace", ("ada@example.org",), ("+44 20 7946 0000",))


def test_bad_rows_are_named_by_their_line_and_the_rest_is_read():
    table = 'Name,Email,Shoe size\nAda,ada@example.org,38\n,nobody,40\n"Grace\nHopper",grace@example.org,39\na,b,c,d\n'
    found = read_people_csv(data=table.encode())
    assert [(person.line, person.name) for person in found.people] == [(2, "Ada"), (4, "Grace Hopper")]
    assert [row.line for row in found.bad_rows] == [3, 6]
    assert found.unknown_columns == ("Shoe size",)


def test_table_without_people_is_refused():
    with pytest.raises(UnreadableError) as caught:
        read_people_csv(data=b"Product,Price\nApple,1\n")
    assert caught.value.code is UnreadableCode.NOT_A_DOCUMENT


@pytest.mark.parametrize(
    ("cell", "safe"),
    [("=HYPERLINK(1)", "'=HYPERLINK(1)"), ("@sum", "'@sum"), ("+49 30 123", "+49 30 123"), ("Ada", "Ada")],
)
def test_formula_is_defused_and_phone_numbers_are_not(cell, safe):
    assert defused(cell=cell) == safe
