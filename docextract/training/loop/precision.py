"""Mixed precision: bfloat16 autocast where the device is faster with it, else float32.

The sums of a product stay long, and so do the weights, their gradients and the optimiser's state
(Micikevicius et al., "Mixed Precision Training", ICLR 2018). bfloat16 has the range of float32
(Kalamkar et al., 2019), so that a loss needs no scaling; float16, which does, is not offered.
"""

from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import torch

#: "auto" is bfloat16 where the device has instructions for it, else float32.
Precision = Literal["auto", "float32", "bfloat16"]
#: CUDA's compute capability from which tensor cores multiply bfloat16: Ampere's.
_AMPERE = (8, 0)
#: Instructions of a processor that multiply bfloat16. Without one of them it is emulated, which
#: is slower than float32.
_INSTRUCTIONS = ("avx512_bf16", "amx_bf16")


def resolve_precision(wanted: Precision, place: "torch.device") -> Precision:
    """Resolve "auto" to what is best on this device; all else stays."""
    if wanted != "auto":
        return wanted
    return "bfloat16" if _has_bfloat16(place) else "float32"


def autocast(wanted: Precision, place: "torch.device") -> AbstractContextManager[object]:
    """Autocast context for forward passes and losses."""
    import torch

    if resolve_precision(wanted, place) == "float32":
        return nullcontext()
    return torch.autocast(place.type, dtype=torch.bfloat16)


def _has_bfloat16(place: "torch.device") -> bool:
    import torch

    if place.type == "cuda":
        return torch.cuda.get_device_capability(place) >= _AMPERE
    # Early versions of torch cannot say what the processor has.
    if place.type == "cpu" and hasattr(torch.cpu, "get_capabilities"):
        has = torch.cpu.get_capabilities()
        return any(has.get(name) for name in _INSTRUCTIONS)
    return False
