"""Model provenance: `made.json`, which lies beside the weights and is enough to train them again.

It holds no text of any document: data sets are named, counted and hashed.
"""

import hashlib
import json
import os
import platform
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from docextract import __version__
from docextract.errors import ConfigError
from docextract.export.files import atomic
from docextract.models import device as devices
from docextract.validation_errors import format_validation_error

NAME = "made.json"
#: Packages that can change what comes out of a training.
_PACKAGES = ("numpy", "safetensors", "tokenizers", "torch", "transformers")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class BaseModelWeights(_Part):
    """The base model that training started from. `sha256` is that of its weights."""

    name: str
    sha256: str
    licence: str = ""


class DataSet(_Part):
    """A data set that the model was trained on.

    `sha256` is that of what `sha256sum` prints for its files, sorted by path, so that anyone can
    check it: `find . -type f | LC_ALL=C sort | xargs sha256sum | sha256sum`.
    """

    name: str
    licence: str
    sha256: str
    files: int
    #: Part ("training", "validation", "test") -> how many examples went there.
    examples: Mapping[str, int] = {}


class ValidationPoint(_Part):
    """A validation point: the mean loss since the one before, and the scores, if measured."""

    step: int
    seconds: float
    #: None before the first step.
    loss: float | None
    #: The one that decides which weights are kept; larger is better.
    score: float | None = None
    #: What it was made of: measure ("f1", "kinds") -> source or label -> its value.
    scores: Mapping[str, Mapping[str, float]] = {}


class PrecisionRecall(_Part):
    """Counts of right, found and true values, with precision, recall and F1."""

    right: int
    found: int
    true: int
    precision: float
    recall: float
    f1: float

    @classmethod
    def of(cls, right: int, found: int, true: int) -> "PrecisionRecall":
        """With the shares; they are 0 where nothing was found, or nothing was there."""
        return cls(
            right=right,
            found=found,
            true=true,
            precision=right / found if found else 0.0,
            recall=right / true if true else 0.0,
            f1=2 * right / (found + true) if found + true else 0.0,
        )


class ConfusionMatrix(_Part):
    """Confusion matrix: rows are true kinds, columns predicted kinds, in the order of `kinds`."""

    kinds: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    @property
    def accuracy(self) -> float:
        """The share of documents whose kind was predicted right."""
        total = sum(map(sum, self.counts))
        return sum(row[n] for n, row in enumerate(self.counts)) / total if total else 0.0


class ReliabilityBin(_Part):
    """A bin of the reliability diagram: values of one tenth of confidence, share that is right."""

    count: int
    confidence: float
    right: float


class Scores(_Part):
    """Evaluation scores of the model on one part of the data."""

    examples: int
    overall: PrecisionRecall
    #: Label ("receipt.total") -> its values.
    labels: Mapping[str, PrecisionRecall] = {}
    kinds: ConfusionMatrix | None = None
    reliability: tuple[ReliabilityBin, ...] = ()

    @property
    def calibration_error(self) -> float:
        """Expected calibration error (Naeini et al., AAAI 2015) over the bins."""
        total = sum(one.count for one in self.reliability)
        return sum(one.count / total * abs(one.confidence - one.right) for one in self.reliability)


class ModelProvenance(_Part):
    """Provenance of a model: base, data, options, versions, validation points, scores."""

    name: str
    base: BaseModelWeights | None
    data: tuple[DataSet, ...]
    options: Mapping[str, Any]
    seed: int
    versions: Mapping[str, str]
    machine: Mapping[str, str | int]
    points: tuple[ValidationPoint, ...]
    #: Part ("validation", "test") -> what was measured on it at the end.
    scores: Mapping[str, Scores] = {}
    #: Why it ended: "steps", "time", "no gain", "interrupted".
    stopped: str
    best_step: int
    steps: int
    seconds: float


def write(path: Path, made: ModelProvenance) -> None:
    """Write the provenance as JSON, atomically."""
    with atomic(path) as part:
        part.write_text(
            json.dumps(made.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n", "utf-8"
        )


def read(path: Path) -> ModelProvenance:
    """Read a provenance. Raises ConfigError that says what is wrong with the file."""
    try:
        return ModelProvenance.model_validate_json(path.read_bytes())
    except OSError as error:
        raise ConfigError(f"cannot read {path}: {error.strerror}") from error
    except ValidationError as error:
        raise ConfigError(f"{path}: {format_validation_error(error)}") from error


def hashed_data_set(
    name: str, folder: Path, files: Iterable[Path], *, licence: str, examples: Mapping[str, int]
) -> DataSet:
    """The entry of a data set with the hash of its files, which lie below `folder`."""
    root = folder.resolve()
    relative = {
        f"./{Path(os.path.relpath(path.resolve(), root)).as_posix()}": path for path in files
    }
    listing = hashlib.sha256()
    for shown, path in sorted(relative.items(), key=lambda item: os.fsencode(item[0])):
        listing.update(f"{sha256(path)}  {shown}\n".encode(errors="surrogateescape"))
    return DataSet(
        name=name,
        licence=licence,
        sha256=listing.hexdigest(),
        files=len(relative),
        examples=dict(examples),
    )


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def versions() -> dict[str, str]:
    """Versions of this package, of Python and of the numerical libraries."""
    return {
        "docextract": __version__,
        "python": platform.python_version(),
        **{name: _version(name) for name in _PACKAGES},
    }


def machine(device: str) -> dict[str, str | int]:
    """Hardware description. `device` is the option's value: "auto", "cpu", "cuda:1"."""
    import torch

    place = devices.torch_device(device)
    name = torch.cuda.get_device_name(place) if place.type == "cuda" else place.type
    return {
        "platform": platform.platform(),
        "processor": platform.processor() or platform.machine(),
        "cores": os.cpu_count() or 1,
        "threads": torch.get_num_threads(),
        "device": name,
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
