"""Invented documents whose every word says what it is: to learn from and to test with.

Read it in this order: `sheet` (words on paper), `reading` (a sheet as the model reads it),
`people`, `parties` and `goods` (who and what), `invoice_facts` and its neighbours (what a document
says), `invoice` and its neighbours (how it is laid out), `produce` (many of them), `told` (of a
record that is given), `render` (PDFs and scans).
"""

from docextract.training.synthetic.produce import KINDS, Produced, documents, produced

__all__ = ["KINDS", "Produced", "documents", "produced"]
