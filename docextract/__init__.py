"""docextract: extracts typed, checked and explained records from documents.

import docextract

record = docextract.extract("invoice.pdf").record
for result in docextract.extract_all(paths, pipeline="receipts"):
    ...
frame = docextract.to_frame(results)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docextract.api import extract as extract
    from docextract.api import extract_all as extract_all
    from docextract.api import load_pipeline as load_pipeline
    from docextract.api import load_schema as load_schema
    from docextract.document import Document as Document
    from docextract.document import Record as Record
    from docextract.document import Result as Result
    from docextract.document import Status as Status
    from docextract.document import Value as Value
    from docextract.errors import ConfigError as ConfigError
    from docextract.errors import DocextractError as DocextractError
    from docextract.errors import InputError as InputError
    from docextract.errors import MissingDependency as MissingDependency
    from docextract.export import to_frame as to_frame
    from docextract.export import to_frames as to_frames
    from docextract.pipeline import Pipeline as Pipeline
    from docextract.readers import ReadOptions as ReadOptions
    from docextract.readers import Source as Source
    from docextract.schema import Schema as Schema

__version__ = "0.1.0"

#: Public name -> module. Imported when it is used, so that `import docextract` costs nothing and
#: the command line's help does not load a model library.
_EXPORTS = {
    "extract": "docextract.api",
    "extract_all": "docextract.api",
    "load_pipeline": "docextract.api",
    "load_schema": "docextract.api",
    "Document": "docextract.document",
    "Record": "docextract.document",
    "Result": "docextract.document",
    "Status": "docextract.document",
    "Value": "docextract.document",
    "ConfigError": "docextract.errors",
    "DocextractError": "docextract.errors",
    "InputError": "docextract.errors",
    "MissingDependency": "docextract.errors",
    "to_frame": "docextract.export",
    "to_frames": "docextract.export",
    "Pipeline": "docextract.pipeline",
    "ReadOptions": "docextract.readers",
    "Source": "docextract.readers",
    "Schema": "docextract.schema",
}

__all__ = ["__version__", *_EXPORTS]  # noqa: PLE0604  (a test compares it with the imports above)


def __getattr__(name: str) -> Any:
    if name not in _EXPORTS:
        raise AttributeError(f"module 'docextract' has no attribute {name!r}")
    return getattr(import_module(_EXPORTS[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
