"""Device selection for models: CPU, CUDA or MPS, and the precision used there."""

from typing import TYPE_CHECKING

from docextract.errors import ConfigError, MissingDependency

if TYPE_CHECKING:
    import torch


def torch_device(name: str = "auto") -> "torch.device":
    """The device called `name`; "auto" takes a CUDA GPU, else Apple's, else the CPU.

    Raises ConfigError for a name that is none, MissingDependency for a device that is not
    here: what was asked for is never silently replaced.
    """
    import torch

    if name == "auto":
        if torch.cuda.is_available():
            return torch.device("cuda")
        return torch.device("mps" if torch.backends.mps.is_available() else "cpu")
    try:
        wanted = torch.device(name)
    except RuntimeError as error:
        raise ConfigError(f"no device {name!r}; try auto, cpu, cuda, cuda:1 or mps") from error
    if wanted.type == "cuda":
        count = torch.cuda.device_count()
        if (wanted.index or 0) >= count:
            raise MissingDependency(f"no device {name!r} here: {count} CUDA devices are visible")
    if wanted.type == "mps" and not torch.backends.mps.is_available():
        raise MissingDependency("no device 'mps' here; try --device cpu")
    return wanted


def model_dtype(place: "torch.device") -> "torch.dtype":
    """The data type of a model's weights: half precision on a GPU, full on a CPU.

    bfloat16 where the GPU has it, since sums do not overflow there; else float16.
    """
    import torch

    if place.type == "cpu":
        return torch.float32
    if place.type == "cuda" and torch.cuda.is_bf16_supported():
        return torch.bfloat16
    return torch.float16
