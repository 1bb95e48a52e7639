"""Checkpoints: the complete state of a training, so that it resumes bit for bit.

A checkpoint is a folder with `state.json` and a file of tensors that it names by its SHA-256.
The replacing of `state.json` is the moment at which a new checkpoint counts: a process killed
before leaves the old one, whole. Nothing in it is code (no pickle): a checkpoint of unknown
origin can do no more harm than wrong numbers.
"""

import hashlib
import json
import random
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from docextract.errors import ConfigError
from docextract.export.files import atomic

if TYPE_CHECKING:
    import torch

    Tensors = dict[str, torch.Tensor]

_STATE = "state.json"
_TENSORS = "tensors-{}.safetensors"


def save(
    folder: Path,
    *,
    model: "torch.nn.Module",
    optimiser: "torch.optim.Optimizer",
    state: Mapping[str, Any],
) -> None:
    """Write a checkpoint into `folder` atomically, in place of the one that is there.

    Args:
        folder: Made when it is not there.
        model: Its parameters and buffers are kept.
        optimiser: Its moments and groups are kept.
        state: Whatever else the training needs, as JSON can hold it: step, position in the
            epoch, options, best score, the state of its own generators of random numbers. The
            global generators of Python, NumPy and torch are kept as well.
    """
    tensors, groups = _optimiser_parts(optimiser)
    tensors |= {f"model.{name}": value for name, value in model.state_dict().items()}
    folder.mkdir(parents=True, exist_ok=True)
    name = _write_tensors(folder, tensors)
    kept = {"tensors": name, "optimiser": groups, "random": _random_states(), "state": dict(state)}
    with atomic(folder / _STATE) as part:
        part.write_text(json.dumps(kept), "utf-8")
    for old in folder.glob(_TENSORS.format("*")):
        if old.name != name:
            old.unlink()


def exists(folder: Path) -> bool:
    """Whether there is a checkpoint to resume from."""
    return (folder / _STATE).is_file()


def load(
    folder: Path, *, model: "torch.nn.Module", optimiser: "torch.optim.Optimizer"
) -> dict[str, Any]:
    """Restore model, optimiser and random number generators as at `save`; the caller's state.

    Raises:
        ConfigError: there is no checkpoint, it is damaged, or it is of another model.
    """
    kept = _read(folder)
    tensors = _read_tensors(folder, kept["tensors"])
    prefix = "model."
    weights = {k.removeprefix(prefix): v for k, v in tensors.items() if k.startswith(prefix)}
    try:
        model.load_state_dict(weights)
        optimiser.load_state_dict(_optimiser_state(kept["optimiser"], tensors))
    except (RuntimeError, ValueError, KeyError) as error:
        raise ConfigError(
            f"the checkpoint {folder} is of another model or another optimiser: {error}"
        ) from error
    _set_random_states(kept["random"])
    return dict(kept["state"])


def _read(folder: Path) -> dict[str, Any]:
    path = folder / _STATE
    try:
        kept: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise ConfigError(f"no checkpoint in {folder}: leave out --resume") from error
    except (OSError, ValueError) as error:
        raise ConfigError(f"the checkpoint {path} cannot be read: {error}") from error
    if missing := {"tensors", "optimiser", "random", "state"} - kept.keys():
        raise ConfigError(f"{path} is no checkpoint: it lacks {', '.join(sorted(missing))}")
    return kept


def _write_tensors(folder: Path, tensors: "Tensors") -> str:
    """Write them under the name of their hash; the name."""
    from safetensors.torch import save_file

    part = folder / ".tensors.part"
    # Tied weights share memory, which the format refuses: each name gets a copy of its own.
    save_file({name: value.detach().cpu().clone() for name, value in tensors.items()}, part)
    name = _TENSORS.format(_digest(part))
    with atomic(folder / name) as final:
        part.replace(final)
    return name


def _read_tensors(folder: Path, name: str) -> "Tensors":
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    path = folder / Path(name).name
    try:
        if _TENSORS.format(_digest(path)) != path.name:
            raise ConfigError(f"the checkpoint's {path} is damaged: its SHA-256 is not its name")
        found: Tensors = load_file(path)
    except (OSError, SafetensorError) as error:
        raise ConfigError(f"the checkpoint's {path} cannot be read: {error}") from error
    return found


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _optimiser_parts(optimiser: "torch.optim.Optimizer") -> tuple["Tensors", dict[str, Any]]:
    """Its state, parted into tensors and what JSON can hold."""
    import torch

    whole = optimiser.state_dict()
    tensors: Tensors = {}
    values: dict[str, dict[str, Any]] = {}
    for number, entry in whole["state"].items():
        for key, value in entry.items():
            if isinstance(value, torch.Tensor):
                tensors[f"optimiser.{number}.{key}"] = value
            else:
                values.setdefault(str(number), {})[key] = value
    return tensors, {"groups": whole["param_groups"], "values": values}


def _optimiser_state(kept: Mapping[str, Any], tensors: "Tensors") -> dict[str, Any]:
    """What `load_state_dict` takes, from the parts of `_optimiser_parts`."""
    state: dict[int, dict[str, Any]] = {
        int(number): dict(values) for number, values in kept["values"].items()
    }
    for name, tensor in tensors.items():
        owner, _, rest = name.partition(".")
        if owner == "optimiser":
            number, _, key = rest.partition(".")
            state.setdefault(int(number), {})[key] = tensor
    return {"state": state, "param_groups": kept["groups"]}


def _random_states() -> dict[str, Any]:
    """Where the global generators stand, as JSON can hold it."""
    import torch

    version, numbers, gauss = random.getstate()
    state: dict[str, Any] = np.random.get_state(legacy=False)
    inner = state["state"]
    return {
        "python": [version, list(numbers), gauss],
        "numpy": {**state, "state": {**inner, "key": inner["key"].tolist()}},
        "torch": bytes(torch.get_rng_state().tolist()).hex(),
        "cuda": [bytes(one.tolist()).hex() for one in _cuda_states()],
    }


def _set_random_states(kept: Mapping[str, Any]) -> None:
    import torch

    version, numbers, gauss = kept["python"]
    random.setstate((version, tuple(numbers), gauss))
    inner = kept["numpy"]["state"]
    key = np.asarray(inner["key"], dtype=np.uint32)
    np.random.set_state({**kept["numpy"], "state": {**inner, "key": key}})
    torch.set_rng_state(_bytes(kept["torch"]))
    # Gone on from on a machine with other GPUs, their numbers cannot be the same.
    if len(kept["cuda"]) == len(_cuda_states()):
        for number, state in enumerate(kept["cuda"]):
            torch.cuda.set_rng_state(_bytes(state), number)


def _cuda_states() -> "list[torch.Tensor]":
    import torch

    return torch.cuda.get_rng_state_all() if torch.cuda.is_available() else []


def _bytes(digits: str) -> "torch.Tensor":
    import torch

    return torch.tensor(list(bytes.fromhex(digits)), dtype=torch.uint8)
