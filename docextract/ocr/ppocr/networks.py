"""Loading of the PP-OCR networks from the rapidocr wheel, on OpenVINO or ONNX Runtime.

Files are read from the installed package and nothing is ever downloaded: rapidocr's own wrapper
would fetch what it misses, so it is not used.
"""

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module, metadata
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal

from docextract.errors import MissingDependency
from docextract.ocr.ppocr.quantisation import measured_ranges, quantise, with_argmax

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

#: Runs a network: one input array -> its output arrays.
Network = Callable[["Array"], tuple["Array", ...]]

NetworkName = Literal["det", "rec"]

# One thread and no pinning: pages are read by one process a core, and OpenVINO pins the threads
# of all of them to the same core unless told not to.
_OPENVINO = {
    "INFERENCE_NUM_THREADS": 1,
    "NUM_STREAMS": 1,
    "ENABLE_CPU_PINNING": False,
    "PERFORMANCE_HINT": "LATENCY",
}
_GPU_PROVIDERS = ("CUDAExecutionProvider", "DmlExecutionProvider")
_GPU_BUILDS = ("onnxruntime-gpu", "onnxruntime-directml")


def model_file(part: NetworkName) -> Path:
    """The ONNX file of the detector or recogniser inside the installed rapidocr package.

    Raises MissingDependency when the package, or the file in it, is not here.
    """
    spec = find_spec("rapidocr")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        found = sorted(Path(folder).glob(f"models/PP-OCR*_{part}_small.onnx"))
        if found:
            return found[-1]
    raise MissingDependency(
        'the PP-OCR models are not here; try: pip install "rapidocr>=3.10" openvino'
    )


def load_detector() -> Network:
    """The detector: pages of shape (1, 3, height, width) -> probability of text at each pixel."""
    return _load("det", ())


def load_recogniser(keep: Sequence[int]) -> Network:
    """The recogniser: lines (n, 3, 48, width) -> (best class, its probability), both (n, steps).

    Classes are indices into `keep`, which are those of `recogniser_alphabet()` to distinguish.
    The scores themselves, 18,710 a step, never leave the runtime.
    """
    return _load("rec", keep)


def _load(part: NetworkName, keep: Sequence[int]) -> Network:
    """On a GPU where ONNX Runtime has one, else on OpenVINO, else on ONNX Runtime's CPU."""
    path = model_file(part)
    if gpu := _gpu_provider():
        return _onnx(path, keep, gpu)
    if find_spec("openvino"):
        return _openvino(path, keep)
    if find_spec("onnxruntime"):
        return _onnx(path, keep, "CPUExecutionProvider")
    raise MissingDependency(
        "nothing here runs the PP-OCR models; try: pip install openvino "
        '(or: pip install "docextract[onnx]")'
    )


def recogniser_alphabet() -> tuple[str, ...]:
    """What the recogniser's classes stand for: "" for the blank at 0, the space at the end."""
    path = model_file("rec")
    if find_spec("openvino"):
        listed = (
            import_openvino().Core().read_model(path).get_rt_info()["framework"]["character"].value
        )
    else:
        listed = (
            _session(path, "CPUExecutionProvider").get_modelmeta().custom_metadata_map["character"]
        )
    return ("", *listed.splitlines(), " ")


def _openvino(path: Path, keep: Sequence[int]) -> Network:
    core = import_openvino().Core()
    model = core.read_model(path)
    if measured := measured_ranges(path):
        quantise(model, measured)
    if keep:
        model = with_argmax(model, keep)
    request = core.compile_model(model, "CPU", _OPENVINO).create_infer_request()

    def run(given: "Array") -> tuple["Array", ...]:
        # Copied, since the next call writes into the same memory.
        return tuple(answer.copy() for answer in request.infer([given]).values())

    return run


def import_openvino() -> ModuleType:
    """The package openvino, imported so that it reports nothing to anybody.

    Its import sends an event to Google Analytics, and writes an identifier into the home folder,
    when its telemetry package can be imported; with None in its place it cannot.
    """
    seen = "openvino_telemetry" in sys.modules
    if not seen:
        sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]
    try:
        return import_module("openvino")
    finally:
        if not seen:
            del sys.modules["openvino_telemetry"]


def _onnxruntime() -> ModuleType:
    """The package onnxruntime, likewise: its library looks at this variable when it is loaded."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    return import_module("onnxruntime")


def _gpu_provider() -> str:
    """ONNX Runtime's name for the GPU here; its plain build for CPUs has none."""
    if not any(_installed(build) for build in _GPU_BUILDS):
        return ""
    here = _onnxruntime().get_available_providers()
    return next((provider for provider in _GPU_PROVIDERS if provider in here), "")


def _installed(distribution: str) -> bool:
    try:
        metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return False
    return True


def _session(path: Path, provider: str) -> Any:
    onnxruntime = _onnxruntime()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors only
    options.enable_cpu_mem_arena = False  # it grows with every new shape and never shrinks
    return onnxruntime.InferenceSession(
        str(path), options, providers=list(dict.fromkeys((provider, "CPUExecutionProvider")))
    )


def _onnx(path: Path, keep: Sequence[int], provider: str) -> Network:
    session = _session(path, provider)
    name = session.get_inputs()[0].name

    def run(given: "Array") -> tuple["Array", ...]:
        answers = tuple(session.run(None, {name: given}))
        if not keep:
            return answers
        scores = answers[0][:, :, keep]
        return scores.argmax(axis=2), scores.max(axis=2)

    return run
