"""Generator of synthetic documents with labelled words, for training and tests.

Read it in this order: `paper.sheet` (labelled words on pages), `reading` (a sheet as a training
example), `facts` (parties, articles, numbers), `invoice`, `receipt` and `kinds` (content and
layout of each kind of document), `produce` (many of them), `from_record` (documents of a given
record), `paper.render` (PDFs and scans).
"""

from docextract.training.synthetic.produce import (
    KINDS,
    SyntheticDocument,
    synthetic_documents,
    synthetic_examples,
)

__all__ = ["KINDS", "SyntheticDocument", "synthetic_documents", "synthetic_examples"]
