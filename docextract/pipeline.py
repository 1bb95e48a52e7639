"""Pipelines: reading options and a list of stages, loaded from pipelines/*.toml."""

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from functools import cached_property
from importlib import import_module
from time import perf_counter
from typing import Any, Protocol, TypeVar, cast

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from docextract import __version__, readers, resources
from docextract.document import Document, Issue, Result, Status
from docextract.errors import ConfigError, InputError
from docextract.readers import ReadOptions, Source
from docextract.schema import Schema
from docextract.validation_errors import format_validation_error

_T = TypeVar("_T")


class Stage(Protocol):
    """A processing step: takes documents, returns them with its own results added.

    One result a document, in order. The object is light until its first call: models load
    then, not before.
    """

    def __call__(self, docs: Sequence[Document], /) -> list[Document]:
        """Process the documents."""
        ...

    @property
    def fingerprint(self) -> str:
        """Identifies options and model: changes whenever results could change."""
        ...


#: Every stage there is. To add one: write the module, add the line, test it.
#: Strings, so that listing stages imports no model library.
STAGES: Mapping[str, str] = {
    "classify": "docextract.stages.classify:Classify",
    "entities": "docextract.stages.entities:Entities",
    "fields": "docextract.stages.fields:Fields",
    "check": "docextract.stages.check:Check",
}


class PipelineFile(BaseModel):
    """A pipeline as its TOML file writes it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    description: str = ""
    #: Names or paths of schemas; empty: all there are.
    schemas: tuple[str, ...] = ()
    read: Mapping[str, Any] = {}
    stage: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Pipeline:
    """Turns documents into records. Made by `load`; its models are loaded when first used."""

    name: str
    description: str
    options: ReadOptions
    stages: tuple[Stage, ...]
    schemas: tuple[Schema, ...]

    @classmethod
    def load(
        cls,
        name: str = "default",
        *,
        device: str = "auto",
        schemas: Sequence[Schema] = (),
        kind: str = "",
        model: str = "",
        read: Mapping[str, Any] | None = None,
        check: Mapping[str, Any] | None = None,
    ) -> "Pipeline":
        """Read pipelines/NAME.toml, or the .toml file at the path `name`.

        Args:
            name: A name that `docextract pipelines list` shows, or a path.
            device: Where models run: "auto", "cpu", "cuda", "cuda:1", "mps".
            schemas: Used instead of the ones the file names.
            kind: Take every document for one of this kind.
            model: The trained model that stages ask, by name or path, instead of theirs; the
                schemas in its folder are used beside the others, and before any of their names.
            read: Options of reading that replace the file's, by name.
            check: The same of the check stage: {"accept_at": 0.99, "confidence": "table.json"}.

        Raises:
            ConfigError: naming the file, for bad TOML, stages, options or schemas.
        """
        path = resources.find_resource("pipelines", name)
        try:
            file = PipelineFile.model_validate(tomllib.loads(path.read_text("utf-8")))
            options = _options(ReadOptions, {**file.read, **(read or {})})
            used = tuple(schemas) or _with_those_of(model, _schemas(file.schemas))
            asked = {"kind": kind, "model": model}
            given = {"schemas": used, "device": device, **{k: v for k, v in asked.items() if v}}
            tables = _with_check(file.stage, check or {})
            stages = tuple(build_stage(table, given) for table in tables)
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ConfigError(f"pipeline {path}: {error}") from error
        except ValidationError as error:
            raise ConfigError(f"pipeline {path}: {format_validation_error(error)}") from error
        except ConfigError as error:
            raise ConfigError(f"pipeline {path}: {error}") from error
        return cls(path.stem, file.description, options, stages, used)

    @cached_property
    def fingerprint(self) -> str:
        """Hex digest that changes whenever the result of any document could change.

        It covers the options of reading but for the password, which decides only whether a
        document opens, the stages with their models, the schemas and this package's version.
        """
        parts = {
            "version": __version__,
            "read": {**asdict(self.options), "password": ""},
            "stages": [stage.fingerprint for stage in self.stages],
            "schemas": [schema.model_dump(mode="json") for schema in self.schemas],
        }
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    @property
    def accept_at(self) -> float:
        """The required precision of values accepted without review; 0 where none is required."""
        return max((getattr(stage, "accept_at", 0.0) for stage in self.stages), default=0.0)

    def run_stages(self, docs: Sequence[Document]) -> list[Document]:
        """Run the stages on documents that are read. Batches are formed inside the stages."""
        done = list(docs)
        for stage in self.stages:
            done = stage(done)
        return done

    def __call__(self, source: Source) -> Iterator[Result]:
        """Read a source in this process and run the stages.

        One result for the document and one for each document inside it; errors are data.
        """
        began = perf_counter()
        try:
            reading = readers.read(source, self.options)
            document = reading.document
            if document is not None:
                document = readers.recognise_waiting_pages(source, document, self.options)
        except InputError as error:
            issue = Issue("read", error.category, str(error))
            yield Result(source.name, Status.FAILED, None, (issue,), perf_counter() - began)
            return
        if document is not None:
            (document,) = self.run_stages([document])
            yield make_result(document, seconds=perf_counter() - began)
        for part in reading.parts:
            yield from self(part)


def make_result(document: Document, *, seconds: float) -> Result:
    """The result of a document that passed all stages: failed when no page was read."""
    errors = tuple(issue for issue in document.issues if issue.stage == "read")
    unread = [page.read_by == "none" for page in document.pages]
    if unread and all(unread):
        return Result(document.name, Status.FAILED, None, errors, seconds)
    status = Status.PARTIAL if any(unread) else Status.SUCCESS
    return Result(document.name, status, document, errors, seconds)


def build_stage(table: Mapping[str, Any], given: Mapping[str, Any]) -> Stage:
    """Make the stage that `table["use"]` names; the other keys are its dataclass fields.

    `given` holds what the pipeline knows (schemas, device, perhaps the kind), for stages that
    have such a field; it replaces what the table says.
    Raises ConfigError that names the stages or options there are.
    """
    options = dict(table)
    use = options.pop("use", "")
    if use not in STAGES:
        raise ConfigError(f"no stage {use!r}; there are: {', '.join(STAGES)}")
    module, _, name = STAGES[use].partition(":")
    factory = getattr(import_module(module), name)
    wanted = {field.name for field in fields(factory)}
    made = _options(factory, options, f"stage {use!r}", hidden=frozenset({"schemas", "device"}))
    return cast(Stage, replace(made, **{key: given[key] for key in wanted & given.keys()}))


def _with_check(
    stages: Sequence[Mapping[str, Any]], options: Mapping[str, Any]
) -> list[Mapping[str, Any]]:
    """The tables of stages, with these options in that of the check stage."""
    made = [{**one, **options} if one.get("use") == "check" else one for one in stages]
    if options and not any(one.get("use") == "check" for one in stages):
        raise ConfigError(f"it has no check stage; only that one takes {', '.join(options)}")
    return made


def _options(
    factory: type[_T],
    options: Mapping[str, Any],
    what: str = "[read]",
    *,
    hidden: frozenset[str] = frozenset(),
) -> _T:
    known = {field.name for field in fields(cast(Any, factory))} - hidden
    if unknown := ", ".join(sorted(options.keys() - known)):
        raise ConfigError(f"{what} has no option {unknown}; it takes: {', '.join(sorted(known))}")
    try:
        return TypeAdapter(factory).validate_python(dict(options))
    except ValidationError as error:
        raise ConfigError(f"{what}: {format_validation_error(error)}") from error


def _schemas(names: Sequence[str]) -> tuple[Schema, ...]:
    """The schemas of these names or paths; all there are when none is named."""
    known = names or tuple(resources.available_resources("schemas"))
    found = tuple(Schema.load(resources.find_resource("schemas", name)) for name in known)
    twice = {schema.name for schema in found if sum(s.name == schema.name for s in found) > 1}
    if twice:
        raise ConfigError(f"more than one schema is called {', '.join(sorted(twice))}")
    return found


def _with_those_of(model: str, schemas: tuple[Schema, ...]) -> tuple[Schema, ...]:
    """The schemas and those that lie in the model's folder, which replace any of their names."""
    if not model:
        return schemas
    files = sorted((resources.find_model(model) / "schemas").glob("*.toml"))
    own = {schema.name: schema for schema in map(Schema.load, files)}
    return (*(schema for schema in schemas if schema.name not in own), *own.values())
