"""JSON of one document's record: data, evidence, entities, issues.

The shape, which is an interface and changes only with the package's version:

    document  path, sha256, media_type, pages (how many), status, page_details
    kind      label, confidence, runners_up, words (the stretches of text that decided), origin
    data      exactly the schema's shape, typed: amounts are numbers, dates ISO 8601
    evidence  the same shape; a leaf says with which words, where, how sure and by whom, and has
              the parts of what consists of some: an address's street and city, a sum's currency;
              `score` is the confidence before it became a share of right values, and `review`
              whether a person must look at the value and why: only where that was asked for;
              `terms` are the parts of the sum that decided, in log odds, by their names;
              `steps`, of a value that was corrected, says who found what and what became of it;
              `origin` is who says it as it is now, so the last of them
    entities  label, text, start, end, page, boxes, confidence, origin
    issues    stage, category, message, page, field
    review    only where acceptance was asked for: target, values, accepted, the fields that need
              a person, those of which no value is ever sure enough
    text      what the offsets refer to; only when asked for

Units are those of `docextract.document`: boxes in points, offsets in code points, pages from 1.
"""

import re
from collections.abc import Mapping
from typing import Any, cast

import simplejson

from docextract.document import UNKNOWN, Document, Issue, Kind, Page, Result, Span
from docextract.export.evidence_json import data_json, evidence_json, places_json, points
from docextract.export.review import review_json, share

#: What a path with bytes that are not UTF-8 holds; JSON can carry it, but only as an escape.
_SURROGATE = re.compile("[\ud800-\udfff]")
#: How each record's text begins; the path follows.
_HEAD = '{"document": {"path": '
_DECODER = simplejson.JSONDecoder()


def record_json(result: Result, *, with_text: bool = False) -> dict[str, Any]:
    """The record of a document that was read, ready for `dumps`.

    Decimals stay decimals, so that an amount of 12.50 is written as 12.50. CalibrationTable are
    rounded to four places and boxes to a hundredth of a point.

    Raises:
        ValueError: the document could not be read; `result.errors` says why.
    """
    document = result.document
    if document is None:
        raise ValueError(f"{result.name} was not read, so there is no record of it")
    record = document.record
    made = {
        "document": _document(document, result),
        "kind": _kind(document, document.kind or Kind(UNKNOWN, 0.0)),
        "data": data_json(record.data) if record else {},
        "evidence": evidence_json(document, record.evidence) if record else {},
        "entities": [_span(document, span) for span in document.entities],
        "issues": [_issue(issue) for issue in document.issues],
    }
    if record and record.review:
        made["review"] = review_json(record.review)
    return {**made, "text": document.text} if with_text else made


def with_path(record: Mapping[str, Any], path: str) -> dict[str, Any]:
    """The same record of a document at another path; the argument is left as it is.

    Equal contents at two paths share one result; only the path tells their records apart.
    """
    return {**record, "document": {**record["document"], "path": path}}


def at_path(text: str, path: str) -> str:
    """The text of the same record at another path: `with_path` without parsing all of it.

    Raises:
        ValueError: the text is not one that `dumps` made of a record.
    """
    _, end = _path(text)
    return f"{_HEAD}{dumps(path)}{text[end:]}"


def path_of(text: str) -> str:
    """The path of the document whose record's text this is, without parsing all of it.

    Raises:
        ValueError: the text is not one that `dumps` made of a record.
    """
    return _path(text)[0]


def _path(text: str) -> tuple[str, int]:
    """The path, and where in the text it ends."""
    if not text.startswith(_HEAD):
        raise ValueError("not the JSON of a record")
    path, end = _DECODER.raw_decode(text, len(_HEAD))
    return str(path), end


def dumps(record: Mapping[str, Any] | str, *, indent: int | None = None) -> str:
    """One JSON text, on one line unless `indent` is given; the same record gives the same text.

    Characters are written as themselves; lone surrogates, which file names can hold and UTF-8
    cannot, as escapes, so the text can always be encoded.
    """
    text = simplejson.dumps(
        record, use_decimal=True, ensure_ascii=False, allow_nan=False, indent=indent
    )
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def loads(text: str) -> dict[str, Any]:
    """The record that `dumps` wrote; numbers with a point come back as exact decimals."""
    return cast(dict[str, Any], simplejson.loads(text, use_decimal=True))


def _document(document: Document, result: Result) -> dict[str, Any]:
    return {
        "path": result.name,
        "sha256": document.sha256,
        "media_type": document.media_type,
        "pages": len(document.pages),
        "status": str(result.status),
        "page_details": [_page(page) for page in document.pages],
    }


def _page(page: Page) -> dict[str, Any]:
    return {
        "number": page.number,
        "width": points(page.width),
        "height": points(page.height),
        "read_by": page.read_by,
        "reason": page.reason,
        "rotation": page.rotation,
        "skew": points(page.skew),
    }


def _kind(document: Document, kind: Kind) -> dict[str, Any]:
    return {
        "label": kind.label,
        "confidence": share(kind.confidence),
        "runners_up": [
            {"label": label, "confidence": share(confidence)}
            for label, confidence in kind.runners_up
        ],
        "words": [_span(document, span) for span in kind.words],
        "origin": kind.origin,
    }


def _span(document: Document, span: Span) -> dict[str, Any]:
    return {
        "label": span.label,
        "text": document.text[span.start : span.end],
        "start": span.start,
        "end": span.end,
        **places_json(document.places(span.start, span.end)),
        "confidence": share(span.confidence),
        "origin": str(span.origin),
    }


def _issue(issue: Issue) -> dict[str, Any]:
    return {
        "stage": issue.stage,
        "category": str(issue.category),
        "message": issue.message,
        "page": issue.page,
        "field": issue.field,
    }
