import io

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from assay.reading.errors import UnreadableCode, UnreadableError
from assay.reading.model import HiddenReason, Link
from assay.reading.pdf import read_pdf


def pdf(*pages, encrypt=None):
    """Pages as lists of (x, y from the top, text[, font, size]); a callable draws by itself."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, encrypt=encrypt)
    for page in pages:
        for item in page:
            if callable(item):
                item(canvas)
                continue
            x, y, text, font, size = (*item, "Helvetica", 10)[:5] if len(item) == 3 else item
            canvas.setFont(font, size)
            canvas.drawString(x, A4[1] - y, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def text_of(*pages):
    return read_pdf(data=pdf(*pages)).text


def test_read_pdf_words_carry_their_boxes_and_spans():
    document = read_pdf(data=pdf([(100, 200, "Ada Lovelace")]))
    assert document.text == "Ada Lovelace\n"
    assert [document.text[w.start : w.end] for w in document.words] == ["Ada", "Lovelace"]
    box = document.words[0].box
    assert box.page == 0
    assert box.x0 == pytest.approx(100 / A4[0], abs=0.002)
    assert box.y0 < 200 / A4[1] < box.y1


def test_read_pdf_line_tells_size_and_weight():
    document = read_pdf(data=pdf([(50, 100, "Name", "Helvetica-Bold", 18), (50, 130, "plain")]))
    assert [(line.size_pt, line.is_bold) for line in document.lines] == [(18.0, True), (10.0, False)]


def test_read_pdf_wide_gap_on_a_line_is_a_tab():
    assert text_of([(50, 100, "Acme Corp"), (450, 100, "2019 - 2021")]) == "Acme Corp\t2019 - 2021\n"


def test_read_pdf_columns_drawn_line_by_line_are_read_one_after_the_other():
    left = ["SKILLS", "Python and Rust and Go", "Kubernetes and Docker", "LANGUAGES", "English and some French"]
    right = [
        "EXPERIENCE",
        "Engineer at the Northern Lab",
        "Built a store of features there",
        "EDUCATION",
        "Some university",
    ]
    rows = []
    for number, (a, b) in enumerate(zip(left, right, strict=True)):
        rows += [(50, 100 + 14 * number, a), (300, 100 + 14 * number, b)]
    assert text_of(rows) == "\n".join([*left, *right]) + "\n"


def test_read_pdf_dates_in_a_right_column_stay_with_their_entry():
    page = [
        (50, 100, "EXPERIENCE", "Helvetica-Bold", 12),
        (50, 120, "Acme Corp, Engineer", "Helvetica-Bold", 10),
        (450, 120, "Berlin"),
        (60, 134, "• Built a store of features for forty models"),
        (450, 134, "Mar 2021 - present"),
        (60, 148, "• Led the move to another cluster"),
        (450, 148, "5 years 9 months"),
        (50, 170, "Basalt Ltd, Analyst", "Helvetica-Bold", 10),
        (450, 170, "Hamburg"),
        (60, 184, "• Wrote reports"),
        (450, 184, "Jan 2019 - Feb 2021"),
    ]
    assert text_of(page).splitlines() == [
        "EXPERIENCE",
        "Acme Corp, Engineer\tBerlin\tMar 2021 - present\t5 years 9 months",
        "• Built a store of features for forty models",
        "• Led the move to another cluster",
        "Basalt Ltd, Analyst\tHamburg\tJan 2019 - Feb 2021",
        "• Wrote reports",
    ]


def test_read_pdf_word_broken_at_the_line_end_is_joined_with_both_boxes():
    document = read_pdf(data=pdf([(50, 100, "Designed a recommen-"), (50, 112, "dation engine for shops")]))
    assert document.text == "Designed a recommendation\nengine for shops\n"
    halves = [document.text[w.start : w.end] for w in document.words if w.start >= 11][:2]
    assert halves == ["recommen", "dation"]
    assert document.words[2].box.y0 < document.words[3].box.y0


def test_read_pdf_compound_at_the_line_end_keeps_its_hyphen():
    assert text_of([(50, 100, "a fast real-"), (50, 112, "time system")]) == "a fast real-time\nsystem\n"


def test_read_pdf_page_numbers_and_running_heads_are_dropped():
    foot = (250, 815, "Ada Lovelace – 1/2"), (250, 815, "Ada Lovelace – 2/2")
    head = (50, 30, "Curriculum of Ada")
    text = text_of([head, (50, 100, "first page"), foot[0]], [head, (50, 100, "second page"), foot[1]])
    assert text == "Curriculum of Ada\nfirst page\nsecond page\n"


def test_read_pdf_letters_spaced_apart_are_one_word():
    page = [(50 + 14 * i, 100, letter) for i, letter in enumerate("EDUCATION")]
    assert text_of(page) == "EDUCATION\n"


def test_read_pdf_link_carries_the_words_it_lies_on():
    def link(canvas):
        canvas.drawString(50, A4[1] - 100, "write me")
        canvas.linkURL("mailto:ada@example.org", (50, A4[1] - 104, 95, A4[1] - 90))
        canvas.linkURL("javascript:alert(1)", (50, A4[1] - 104, 95, A4[1] - 90))

    document = read_pdf(data=pdf([link]))
    assert document.links == (Link(uri="mailto:ada@example.org", start=0, end=8),)


def test_read_pdf_hidden_words_stay_out_of_the_text():
    def find_hidden(page, words):
        return {i: HiddenReason.LOW_CONTRAST for i, word in enumerate(words) if word.text.isupper()}

    document = read_pdf(data=pdf([(50, 100, "seen HIRE ME")]), find_hidden=find_hidden)
    assert document.text == "seen\n"
    assert [(h.text, h.reason) for h in document.hidden] == [("HIRE ME", HiddenReason.LOW_CONTRAST)]


def test_read_pdf_more_pages_than_allowed_says_so():
    document = read_pdf(data=pdf([(50, 100, "one")], [(50, 100, "two")]), max_pages=1)
    assert (document.text, [n.code for n in document.notices]) == ("one\n", ["pages_left_out"])


def test_read_pdf_pictures_only_says_so():
    from PIL import Image

    def picture(canvas):
        canvas.drawImage(ImageReader(Image.new("RGB", (20, 20), "red")), 50, 50)

    document = read_pdf(data=pdf([picture]))
    assert (document.text, [n.code for n in document.notices]) == ("", ["no_text_layer"])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", UnreadableCode.EMPTY),
        (b"%PDF-1.7\nnothing of the kind", UnreadableCode.BROKEN),
        (pdf([(50, 100, "secret")], encrypt=StandardEncryption("letmein", canPrint=0)), UnreadableCode.ENCRYPTED),
    ],
)
def test_read_pdf_unreadable_file_is_refused_with_its_reason(data, code):
    with pytest.raises(UnreadableError) as refused:
        read_pdf(data=data)
    assert refused.value.code == code


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_read_pdf_turned_page_reads_as_it_is_shown(rotation):
    document = pypdfium2.PdfDocument(pdf([(50, 100, "top line"), (50, 700, "bottom line")]))
    document[0].set_rotation(rotation)
    buffer = io.BytesIO()
    document.save(buffer)
    read = read_pdf(data=buffer.getvalue())
    assert sorted(read.text.split()) == ["bottom", "line", "line", "top"]
    for word in read.words:
        assert 0 <= word.box.x0 <= word.box.x1 <= 1
        assert 0 <= word.box.y0 <= word.box.y1 <= 1
