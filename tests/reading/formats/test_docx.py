import io
import zipfile

import pytest

from assay.reading.errors import UnreadableCode, UnreadableError
from assay.reading.formats.docx import read_docx
from assay.reading.model import HiddenReason
from tests.reading.hostile_files import CONTENT_TYPES, W_NAME, document_xml, docx, paragraph, zipped

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relations(*rows: tuple[str, str, str]) -> str:
    body = "".join(
        f'<Relationship Id="{identity}" Type="{OFFICE}/{kind}" Target="{target}"'
        + (' TargetMode="External"' if kind == "hyperlink" else "")
        + "/>"
        for identity, kind, target in rows
    )
    return f'<?xml version="1.0"?><Relationships xmlns="{RELATIONS}">{body}</Relationships>'


def package(body: str, **parts: str) -> bytes:
    rows = []
    entries = {"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": document_xml(body)}
    for number, (kind, content) in enumerate(parts.items()):
        if kind == "link":
            rows.append((f"link{number}", "hyperlink", content))
            continue
        rows.append((f"part{number}", kind.rstrip("0123456789"), f"{kind}.xml"))
        entries[f"word/{kind}.xml"] = content
    entries["word/_rels/document.xml.rels"] = relations(*rows)
    return zipped(entries)


def part(tag: str, body: str) -> str:
    return f'<?xml version="1.0"?><w:{tag} xmlns:w="{W_NAME}">{body}</w:{tag}>'


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def test_paragraphs_tabs_and_breaks_are_kept():
    body = "<w:p><w:r><w:t>2019</w:t><w:tab/><w:t>Acme</w:t><w:br/><w:t>Berlin</w:t></w:r></w:p>" + paragraph("End")
    assert read_docx(data=docx(body)).text == "2019\tAcme\nBerlin\nEnd"


def test_spans_of_lines_cut_their_words_out_of_the_text():
    document = read_docx(data=docx(paragraph("  Ada  ") + "<w:p/>" + paragraph("Analyst")))
    assert [document.text[line.start : line.end] for line in document.lines] == ["Ada", "Analyst"]


def test_table_rows_are_lines_with_tabs():
    body = table((paragraph("2019"), paragraph("Acme")), (paragraph("2021"), paragraph("Globex")))
    assert read_docx(data=docx(body)).text == "2019\tAcme\n2021\tGlobex"


def test_layout_table_is_read_column_after_column():
    left, right = ("".join(paragraph(f"{side}{n}") for n in range(8)) for side in ("l", "r"))
    lines = read_docx(data=docx(table((left, right)))).text.split("\n")
    assert lines == [f"l{n}" for n in range(8)] + [f"r{n}" for n in range(8)]


def test_text_box_in_both_forms_is_read_once():
    box = f"<w:txbxContent>{paragraph('Boxed words')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>Anchor</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor>"
        f"<wps:txbx>{box}</wps:txbx></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert read_docx(data=docx(body)).text == "Anchor\nBoxed words"


def test_heading_is_inherited_along_the_base_style():
    styles = part(
        "styles",
        '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/>'
        '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="My section"/><w:basedOn w:val="H1"/></w:style>',
    )
    body = paragraph("Skills", properties='<w:pPr><w:pStyle w:val="Mine"/></w:pPr>') + paragraph("Python")
    assert [line.is_heading for line in read_docx(data=package(body, styles=styles)).lines] == [True, False]


def test_list_items_begin_with_a_bullet():
    listed = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr>'
    body = paragraph("Built it", properties=listed) + paragraph(
        "Not listed", properties='<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>'
    )
    assert read_docx(data=docx(body)).text == "• Built it\nNot listed"


def test_header_footer_and_footnotes_stand_around_the_body():
    data = package(
        paragraph("Body"),
        header1=part("hdr", paragraph("ada@example.org")),
        header2=part("hdr", paragraph("ada@example.org")),
        footer1=part("ftr", paragraph("References on request")),
        footnotes=part(
            "footnotes",
            f'<w:footnote w:type="separator" w:id="0">{paragraph("---")}</w:footnote>'
            f'<w:footnote w:id="1">{paragraph("A note")}</w:footnote>',
        ),
    )
    assert read_docx(data=data).text == "ada@example.org\nBody\nA note\nReferences on request"


def test_links_of_both_kinds_carry_their_words():
    body = (
        '<w:p><w:hyperlink r:id="link0"><w:r><w:t>my site</w:t></w:r></w:hyperlink></w:p>'
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "https://git.example"'
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>code</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    document = read_docx(data=package(body, link="https://ada.example"))
    found = [(link.uri, document.text[link.start : link.end]) for link in document.links]
    assert found == [("https://ada.example", "my site"), ("https://git.example", "code")]


def test_tracked_deletion_is_left_out_and_insertion_is_read():
    body = (
        "<w:p><w:r><w:t>kept </w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>added</w:t></w:r></w:ins></w:p>"
    )
    assert read_docx(data=docx(body)).text == "kept added"


def filled(colour: str) -> str:
    return f"<w14:textFill><w14:solidFill>{colour}</w14:solidFill></w14:textFill>"


@pytest.mark.parametrize(
    ("run", "reason"),
    [
        ("<w:vanish/>", HiddenReason.INVISIBLE),
        ('<w:color w:val="FFFFFF"/>', HiddenReason.LOW_CONTRAST),
        ('<w:color w:val="FDFDFD"/>', HiddenReason.LOW_CONTRAST),
        ('<w:sz w:val="2"/>', HiddenReason.TINY),
        ('<w:color w:val="202020"/><w:shd w:val="clear" w:fill="101010"/>', HiddenReason.LOW_CONTRAST),
        ("<w14:textFill><w14:noFill/></w14:textFill>", HiddenReason.INVISIBLE),
        ('<w:color w:themeColor="background1"/>', HiddenReason.LOW_CONTRAST),
        ('<w:color w:val="auto" w:themeColor="light1"/>', HiddenReason.LOW_CONTRAST),
        (filled('<w14:srgbClr w14:val="FEFEFE"/>'), HiddenReason.LOW_CONTRAST),
        ('<w:color w:val="000000"/>' + filled('<w14:schemeClr w14:val="bg1"/>'), HiddenReason.LOW_CONTRAST),
    ],
)
def test_unseen_run_is_hidden_and_not_in_the_text(run, reason):
    document = read_docx(data=docx(paragraph("Seen") + paragraph("planted words", run=run)))
    assert document.text.strip() == "Seen"
    assert [(hidden.text, hidden.reason) for hidden in document.hidden] == [("planted words", reason)]


SHAPE = "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
SHAPE += paragraph("Seen", run='<w:color w:val="FFFFFF"/>')
SHAPE += "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"


@pytest.mark.parametrize(
    "body",
    [
        paragraph("Seen", run='<w:vanish w:val="0"/>'),
        paragraph("Seen", run='<w:color w:val="FFFFFF"/>' + filled('<w14:srgbClr w14:val="202020"/>')),
        paragraph("Seen", run='<w:color w:val="1F3864" w:themeColor="background1" w:themeShade="20"/>'),
        paragraph("Seen", run='<w:color w:themeColor="background1" w:themeShade="20"/>'),
        paragraph("Seen", run='<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F3864"/>'),
        table(
            (
                '<w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr>'
                + paragraph("Seen", run='<w:color w:val="FFFFFF"/>'),
            )
        ),
        SHAPE,
    ],
)
def test_light_words_on_a_dark_ground_are_seen(body):
    document = read_docx(data=docx(body))
    assert document.text.strip() == "Seen"
    assert document.hidden == ()


def test_prompt_of_an_empty_content_control_is_no_text():
    control = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = control.format(paragraph("Click here to enter text")) + control.replace("<w:showingPlcHdr/>", "").format(
        paragraph("Filled")
    )
    assert read_docx(data=docx(body)).text == "Filled"


def test_strict_form_is_read():
    data = docx(paragraph("Ada"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("word/document.xml").decode()
    strict = xml.replace(W_NAME, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert read_docx(data=zipped({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": strict})).text == "Ada"


def test_other_office_file_is_no_word_document():
    data = zipped({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": "<other/>"})
    with pytest.raises(UnreadableError) as caught:
        read_docx(data=data)
    assert caught.value.code is UnreadableCode.NOT_A_DOCUMENT
