"""Job ads: what they ask for, how firmly, and in which words."""

from assay.reading.jobads.posting import Posting, read_job_posting_jsonld
from assay.reading.jobads.reader import read_job_ad
from assay.reading.jobads.tagger import Tagger

__all__ = ["Posting", "Tagger", "read_job_ad", "read_job_posting_jsonld"]
