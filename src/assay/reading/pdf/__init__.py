"""PDF bytes to a `Document`: words in the order in which a person reads them, each with its place."""

from assay.reading.pdf.placed import PlacedWord
from assay.reading.pdf.reader import HiddenFinder, read_pdf

__all__ = ["HiddenFinder", "PlacedWord", "read_pdf"]
