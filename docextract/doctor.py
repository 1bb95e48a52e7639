"""Environment check: which programs, packages, models and devices docextract can use here."""

import importlib.metadata
import os
import platform
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, NamedTuple

from docextract import __version__, resources
from docextract.errors import ConfigError, MissingDependency
from docextract.models.bi_encoder.inference import BiEncoderEngine
from docextract.models.device import torch_device

State = Literal["ok", "missing", "optional"]

#: Extra -> (the module it brings, what it is for).
EXTRAS: Mapping[str, tuple[str, str]] = {
    "tesserocr": ("tesserocr", "Tesseract in the same process: a third less CPU"),
    "onnx": ("onnxruntime", "RapidOCR on a GPU"),
    "barcodes": ("zxingcpp", "payments in QR codes, article numbers in bar codes"),
    "parquet": ("pyarrow", "--to parquet"),
    "sql": ("sqlalchemy", "--to a database URL"),
}


class Finding(NamedTuple):
    """The result of one check. `advice` says what to do where something is missing."""

    name: str
    state: State
    detail: str
    advice: str = ""


def check_environment() -> Iterator[Finding]:
    """Run all checks, fastest first. Nothing is loaded, downloaded or changed."""
    yield Finding("docextract", "ok", __version__)
    yield Finding("Python", "ok", f"{platform.python_version()} on {platform.platform()}")
    yield Finding("processors", "ok", f"{os.cpu_count()} cores")
    yield _tesseract()
    yield _package("RapidOCR", "rapidocr", "pip install rapidocr openvino")
    yield _package("OpenVINO", "openvino", "pip install openvino")
    yield from _models()
    yield _torch()
    for extra, (module, use) in EXTRAS.items():
        found = find_spec(module) is not None
        state: State = "ok" if found else "optional"
        yield Finding(
            f"[{extra}]", state, use, "" if found else f'pip install "docextract[{extra}]"'
        )


def _tesseract() -> Finding:
    advice = "apt install tesseract-ocr tesseract-ocr-deu"
    program = shutil.which("tesseract")
    if program is None:
        return Finding("Tesseract", "optional", "not installed; RapidOCR reads every page", advice)
    try:
        listed = subprocess.run(
            [program, "--list-langs"], capture_output=True, text=True, timeout=20, check=True
        )
        version = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=20, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        return Finding("Tesseract", "missing", f"{program} does not run: {error}", advice)
    number = (version.stdout or version.stderr).split("\n", 1)[0].removeprefix("tesseract ")
    languages = ", ".join(listed.stdout.split("\n")[1:]).strip(", ")
    return Finding("Tesseract", "ok", f"{number}; languages: {languages}")


def _package(name: str, module: str, advice: str) -> Finding:
    if find_spec(module) is None:
        return Finding(name, "missing", "not installed", advice)
    return Finding(name, "ok", importlib.metadata.version(module))


def _models() -> Iterator[Finding]:
    """Every trained model by name: its weights' hash, its licence, and where it would run."""
    found = resources.available_resources("models")
    if "default" not in found:
        advice = "reinstall docextract, or train a model"
        yield Finding("model default", "missing", "the shipped weights are missing", advice)
    for name, folder in found.items():
        title = f"model {name}"
        try:
            engine = BiEncoderEngine(folder)
            hashed = f"sha256 {engine.fingerprint[:12]}..."
            detail = ", ".join([licence(folder), hashed, f"runs on {torch_device().type}"])
        except (ConfigError, MissingDependency) as error:
            yield Finding(title, "missing", str(error), "train it again, or remove the folder")
        else:
            yield Finding(title, "ok", detail)


def licence(folder: Path) -> str:
    """What a model folder's README says of its licence, in the metadata that heads it."""
    try:
        lines = (folder / "README.md").read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return "licence not stated"
    stated = [line.partition(":")[2].strip() for line in lines if line.startswith("license:")]
    return stated[0] if stated else "licence not stated"


def _torch() -> Finding:
    if find_spec("torch") is None:
        return Finding("PyTorch", "missing", "not installed", "pip install torch")
    import torch

    names = [torch.cuda.get_device_name(n) for n in range(torch.cuda.device_count())]
    devices = ", ".join(names) or ("Apple GPU" if torch.backends.mps.is_available() else "CPU only")
    return Finding("PyTorch", "ok", f"{torch.__version__}; {devices}")
