"""The nouns: what every stage takes and returns.

Units, everywhere: boxes in PDF points (1/72 inch), origin top-left, y down, of the page as it
is read (turned upright and deskewed); offsets in code points of `Document.text`; pages from 1;
confidence in [0, 1].
"""

from docextract.document.document import (
    UNKNOWN,
    Document,
    Issue,
    Kind,
    Placed,
    Span,
    Stated,
    Statement,
)
from docextract.document.geometry import Box, Place
from docextract.document.page import WAITING, Code, FormField, Line, Page, Table, Word
from docextract.document.provenance import Evidence, Origin, SourceType, Step, Stretch, Typed
from docextract.document.record import Data, FromJson, Json, Node, Record, RecordTree, Review, Row
from docextract.document.result import Result, Status
from docextract.document.value import CheckResult, Value, readings

__all__ = [
    "UNKNOWN",
    "WAITING",
    "Box",
    "CheckResult",
    "Code",
    "Data",
    "Document",
    "Evidence",
    "FormField",
    "FromJson",
    "Issue",
    "Json",
    "Kind",
    "Line",
    "Node",
    "Origin",
    "Page",
    "Place",
    "Placed",
    "Record",
    "RecordTree",
    "Result",
    "Review",
    "Row",
    "SourceType",
    "Span",
    "Stated",
    "Statement",
    "Status",
    "Step",
    "Stretch",
    "Table",
    "Typed",
    "Value",
    "Word",
    "readings",
]
