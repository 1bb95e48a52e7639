"""Public Python API: extract one document or many, load pipelines and schemas."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

from docextract import batch
from docextract.document import Issue, Result, Status
from docextract.errors import Category
from docextract.json_schema import from_json_schema, from_model
from docextract.pipeline import Pipeline
from docextract.readers import Source
from docextract.resources import find_resource
from docextract.schema import Schema

#: What a document can be given as: a path, its bytes, a binary stream.
DocumentInput: TypeAlias = str | Path | bytes | BinaryIO | Source
#: What a schema can be given as: a name, a .toml file, a pydantic model, a JSON Schema.
SchemaInput: TypeAlias = str | Path | Schema | type | Mapping[str, Any]


def load_pipeline(
    name: str = "default",
    *,
    schema: SchemaInput | None = None,
    model: str = "",
    device: str = "auto",
    read: Mapping[str, Any] | None = None,
    accept_at: float = 0.0,
    confidence: str = "",
) -> Pipeline:
    """A pipeline that is made once and used for many documents: its models stay loaded.

    Args:
        name: A name that `docextract pipelines list` shows, or the path of a .toml file.
        schema: Take every document for one of this schema's kind, instead of telling kinds
            apart.
        model: A trained model, such as `docextract train` makes, by name or path; with it come
            the schemas it was trained for. The pipeline's own when empty.
        device: Where models run: "auto", "cpu", "cuda", "cuda:1", "mps".
        read: Options of reading that replace the pipeline's: {"ocr_engine": "tesseract",
            "page_range": "1-3", "password": "..."}; `ReadOptions` lists them all.
        accept_at: The share of right values that is wanted of what no person looks at, such as
            0.99: `record.review` and each value's `review` then say what needs a look.
        confidence: A table that `docextract calibrate` wrote, in place of the pipeline's.

    Raises:
        ConfigError: no such pipeline, or something in it is wrong; the message says what.
    """
    sure = {"accept_at": accept_at, "confidence": confidence}
    check = {key: value for key, value in sure.items() if value}
    if schema is None:
        return Pipeline.load(name, device=device, model=model, read=read, check=check)
    made = load_schema(schema)
    return Pipeline.load(
        name, device=device, schemas=(made,), kind=made.name, model=model, read=read, check=check
    )


def load_schema(given: SchemaInput) -> Schema:
    """A schema from a name, a .toml file, a pydantic model or a JSON Schema.

    Raises ConfigError that says what is wrong with it.
    """
    if isinstance(given, Schema):
        return given
    if isinstance(given, str | Path):
        return Schema.load(find_resource("schemas", str(given)))
    if isinstance(given, Mapping):
        return from_json_schema(given)
    return from_model(given)


def extract(
    document: DocumentInput,
    *,
    pipeline: str | Pipeline = "default",
    schema: SchemaInput | None = None,
    device: str = "auto",
) -> Result:
    """Read one document, in this process.

    What is wrong with the document is in the result (`status`, `errors`), not raised. Of a
    mail with attachments the result is the mail's own; `extract_all` gives the attachments too.

    Raises:
        ConfigError, MissingDependency: nothing could be read with these options here.
    """
    source = Source.of(document)
    for result in _pipeline(pipeline, schema, device)(source):
        if result.name == source.name:
            return result
        break  # the first document inside a container that is none itself
    message = "a container without a document of its own: extract_all gives those inside it"
    issue = Issue("read", Category.UNSUPPORTED, message)
    return Result(source.name, Status.FAILED, None, (issue,))


def extract_all(
    documents: Iterable[DocumentInput],
    *,
    pipeline: str | Pipeline = "default",
    schema: SchemaInput | None = None,
    device: str = "auto",
    workers: int = 0,
) -> Iterator[Result]:
    """Read many documents; results come in order, and errors are data in them.

    Documents inside a document (attachments, members of an archive) follow it.

    Args:
        documents: Paths, bytes or streams; may be endless, since few are taken ahead.
        pipeline: A name, a path, or what `load_pipeline` gave.
        schema: Take every document for one of this schema's kind.
        device: Where models run.
        workers: Processes that read; 0 reads in this process. With workers a document that
            crashes or hangs its reader fails alone.

    Raises:
        ConfigError, MissingDependency: nothing could be read with these options here.
    """
    made = _pipeline(pipeline, schema, device)
    yield from batch.results(map(Source.of, documents), made, workers=workers)


def _pipeline(given: str | Pipeline, schema: SchemaInput | None, device: str) -> Pipeline:
    if isinstance(given, str):
        return load_pipeline(given, schema=schema, device=device)
    if schema is not None:
        raise ValueError("give the schema to load_pipeline, not beside a pipeline made by it")
    return given
