import pytest

from assay.reading.errors import UnreadableCode, UnreadableError
from assay.reading.formats.odt import read_odt
from assay.reading.model import HiddenReason
from tests.reading.hostile_files import zipped

NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
    )
)
NAMES += ' xmlns:xlink="http://www.w3.org/1999/xlink"'


def odt(body: str, *, styles: str = "", manifest: str = "<manifest/>", master: str = "") -> bytes:
    content = (
        f"<office:document-content {NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    page = f"<office:document-styles {NAMES}><office:master-styles>{master}</office:master-styles>"
    page += "</office:document-styles>"
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "styles.xml": page,
            "META-INF/manifest.xml": manifest,
        }
    )


def style(name: str, properties: str, *, family: str = "text", parent: str = "") -> str:
    return (
        f'<style:style style:name="{name}" style:family="{family}" style:parent-style-name="{parent}">'
        f"<style:text-properties {properties}/></style:style>"
    )


def test_paragraphs_headings_lists_and_links_are_kept():
    document = read_odt(
        data=odt(
            '<text:h text:outline-level="1">Skills</text:h><text:list><text:list-item><text:p>Python</text:p>'
            '</text:list-item></text:list><text:p>2019<text:tab/>Acme<text:s text:c="2"/>AG<text:line-break/>'
            '<text:a xlink:href="https://ada.example">site</text:a></text:p>'
        )
    )
    assert document.text == "Skills\n• Python\n2019\tAcme  AG\nsite"
    assert [line.is_heading for line in document.lines] == [True, False, False, False]
    assert [(link.uri, document.text[link.start : link.end]) for link in document.links] == [
        ("https://ada.example", "site")
    ]


def test_table_rows_are_lines_and_nested_tables_are_read_once():
    def cell(inner: str) -> str:
        return f"<table:table-cell>{inner}</table:table-cell>"

    def rows(*cells: str) -> str:
        return f"<table:table><table:table-row>{''.join(cells)}</table:table-row></table:table>"

    inner = rows(cell("<text:p>in</text:p>"), cell("<text:p>ner</text:p>"))
    body = rows(cell("<text:p>2019</text:p>"), cell("<text:p>Acme</text:p>")) + rows(cell(inner))
    assert read_odt(data=odt(body)).text == "2019\tAcme\nin\tner"


@pytest.mark.parametrize(
    ("properties", "reason"),
    [
        ('text:display="none"', HiddenReason.INVISIBLE),
        ('fo:color="#ffffff"', HiddenReason.LOW_CONTRAST),
        ('fo:font-size="1pt"', HiddenReason.TINY),
    ],
)
def test_unseen_span_is_hidden_also_through_its_parent_style(properties, reason):
    styles = style("Base", properties) + style("T1", "", parent="Base")
    document = read_odt(
        data=odt('<text:p>Seen<text:span text:style-name="T1">planted</text:span></text:p>', styles=styles)
    )
    assert document.text == "Seen"
    assert [(hidden.text, hidden.reason) for hidden in document.hidden] == [("planted", reason)]


def test_tracked_deletions_and_comments_are_left_out():
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes><text:p>kept<office:annotation><text:p>remark</text:p>"
        "</office:annotation></text:p>"
    )
    assert read_odt(data=odt(body)).text == "kept"


def test_header_note_and_text_box_are_read_in_their_places():
    body = (
        "<text:p>Body<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note</text:p>"
        "</text:note-body></text:note><draw:frame><draw:text-box><text:p>Boxed</text:p></draw:text-box></draw:frame></text:p>"
    )
    master = "<style:master-page><style:header><text:p>ada@example.org</text:p></style:header></style:master-page>"
    assert read_odt(data=odt(body, master=master)).text == "ada@example.org\nBody\nBoxed\nA note"


def test_encrypted_document_is_named_as_such():
    with pytest.raises(UnreadableError) as caught:
        read_odt(data=odt("<text:p>x</text:p>", manifest="<manifest:encryption-data/>"))
    assert caught.value.code is UnreadableCode.ENCRYPTED
