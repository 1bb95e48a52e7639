"""The PP-OCR networks inside the rapidocr wheel, run by OpenVINO or ONNX Runtime.

Files are read from the installed package and nothing is ever downloaded: rapidocr's own wrapper
would fetch what it misses, so it is not used.
"""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from docextract.errors import MissingDependency

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

#: Runs a network: one input array -> its output arrays.
Network = Callable[["Array"], tuple["Array", ...]]

Part = Literal["det", "rec"]

# One thread and no pinning: pages are read by one process a core, and OpenVINO pins the threads
# of all of them to the same core unless told not to.
_OPENVINO = {
    "INFERENCE_NUM_THREADS": 1,
    "NUM_STREAMS": 1,
    "ENABLE_CPU_PINNING": False,
    "PERFORMANCE_HINT": "LATENCY",
}
_GPU_PROVIDERS = ("CUDAExecutionProvider", "DmlExecutionProvider", "CoreMLExecutionProvider")


def model_file(part: Part) -> Path:
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


def load(part: Part) -> Network:
    """The network, ready to run: on a GPU where ONNX Runtime has one, else on OpenVINO.

    The recogniser answers (best class, its probability), both of shape (lines, steps), so that
    its 18,710 scores a step never leave the runtime.
    """
    path = model_file(part)
    if gpu := _gpu_provider():
        return _onnx(path, part, gpu)
    if find_spec("openvino"):
        return _openvino(path, part)
    if find_spec("onnxruntime"):
        return _onnx(path, part, "CPUExecutionProvider")
    raise MissingDependency(
        "nothing here runs the PP-OCR models; try: pip install openvino "
        '(or: pip install "docextract[onnx]")'
    )


def alphabet() -> tuple[str, ...]:
    """What the recogniser's classes stand for: "" for the blank at 0, the space at the end."""
    path = model_file("rec")
    if find_spec("openvino"):
        from openvino import Core

        listed = Core().read_model(path).get_rt_info()["framework"]["character"].value
    else:
        listed = (
            _session(path, "CPUExecutionProvider").get_modelmeta().custom_metadata_map["character"]
        )
    return ("", *listed.splitlines(), " ")


def _openvino(path: Path, part: Part) -> Network:
    from openvino import Core

    core = Core()
    model = core.read_model(path)
    if part == "rec":
        model = _best_only(model)
    request = core.compile_model(model, "CPU", _OPENVINO).create_infer_request()

    def run(given: "Array") -> tuple["Array", ...]:
        # Copied, since the next call writes into the same memory.
        return tuple(answer.copy() for answer in request.infer([given]).values())

    return run


def _best_only(model: Any) -> Any:
    """The recogniser with its arg max inside: it answers class and probability alone."""
    import numpy as np
    from openvino import Model, opset13

    scores = model.get_results()[0].input_value(0)
    one = opset13.constant(np.array(1, dtype=np.int32))
    best = opset13.topk(scores, one, 2, "max", "none", index_element_type="i32")
    last = opset13.constant(np.array([2], dtype=np.int32))
    answers = [opset13.squeeze(best.output(index), last) for index in (1, 0)]
    return Model(answers, model.get_parameters(), "recogniser")


def _gpu_provider() -> str:
    if find_spec("onnxruntime") is None:
        return ""
    here = import_module("onnxruntime").get_available_providers()
    return next((provider for provider in _GPU_PROVIDERS if provider in here), "")


def _session(path: Path, provider: str) -> Any:
    onnxruntime = import_module("onnxruntime")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors only
    options.enable_cpu_mem_arena = False  # it grows with every new shape and never shrinks
    return onnxruntime.InferenceSession(
        str(path), options, providers=list(dict.fromkeys((provider, "CPUExecutionProvider")))
    )


def _onnx(path: Path, part: Part, provider: str) -> Network:
    session = _session(path, provider)
    name = session.get_inputs()[0].name

    def run(given: "Array") -> tuple["Array", ...]:
        answers = tuple(session.run(None, {name: given}))
        return (answers[0].argmax(axis=2), answers[0].max(axis=2)) if part == "rec" else answers

    return run
