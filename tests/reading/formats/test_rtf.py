from hypothesis import given, settings
from hypothesis import strategies as st

from assay.reading.errors import UnreadableError
from assay.reading.formats.rtf import read_rtf
from assay.reading.model import HiddenReason

HEAD = (
    rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset238 Arial;}{\f2\fcharset2 Symbol;}}"
    rb"{\colortbl;\red0\green0\blue0;\red255\green255\blue255;}"
)


def read(body: bytes):
    return read_rtf(data=HEAD + body + b"}")


def test_code_pages_and_unicode_are_decoded():
    assert read(rb"caf\'e9 \u8364?5 {\f1\'b3}\par \uc2\u228aeb \uc0\u-10179\u-8704 end").text == "café €5 ł\näb 😀end"


def test_destinations_that_are_no_text_are_skipped():
    body = rb"{\info{\title Secret}}{\*\unknown gone}{\pict\bin4 ab}}}kept{\stylesheet{\s1 heading;}}"
    assert read(body).text == "kept"


def test_table_rows_are_lines_with_tabs():
    body = rb"\trowd\pard\intbl 2019\cell Acme\cell\row\trowd\pard\intbl 2021\cell Globex\cell\row\pard after\par"
    assert read(body).text == "2019\tAcme\n2021\tGlobex\nafter"


def test_hidden_white_and_tiny_words_are_kept_apart():
    document = read(rb"Seen {\v planted}{\cf2 white}{\fs2 tiny}{\deleted gone}")
    assert document.text == "Seen"
    assert [(hidden.text, hidden.reason) for hidden in document.hidden] == [
        ("planted", HiddenReason.INVISIBLE),
        ("white", HiddenReason.LOW_CONTRAST),
        ("tiny", HiddenReason.TINY),
    ]


def test_fields_become_links_and_list_marks_bullets():
    document = read(
        rb'{\field{\*\fldinst{HYPERLINK "https://ada.example"}}{\fldrslt my site}} tail\par '
        rb"{\pntext\f2\'b7\tab}First\par"
    )
    assert document.text == "my site tail\n• First"
    assert [(link.uri, document.text[link.start : link.end]) for link in document.links] == [
        ("https://ada.example", "my site")
    ]


def test_outline_level_makes_a_heading_and_header_comes_first():
    document = read(rb"{\header ada@example.org\par}\pard\outlinelevel0 Skills\par\pard Python\par")
    assert document.text == "ada@example.org\nSkills\nPython"
    assert [line.is_heading for line in document.lines] == [False, True, False]


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.sampled_from([b"{", b"}", rb"\b", rb"\par", rb"\u8364", rb"\'e9", rb"\cell", rb"\row", b"text "]),
        max_size=40,
    )
)
def test_any_mixture_of_tokens_is_read_or_refused(tokens):
    try:
        document = read(b"".join(tokens))
    except UnreadableError:
        return
    assert all(document.text[line.start : line.end].strip() for line in document.lines)
