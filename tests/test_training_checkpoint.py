"""A training that is stopped and gone on with is the same training, to the bit."""

import json
import random

import numpy as np
import pytest
import torch

from docextract.errors import ConfigError
from docextract.training.loop import checkpoint


class Small(torch.nn.Module):
    """Two layers, one of them tied, with dropout: what is random in a training."""

    def __init__(self, width: int = 8) -> None:
        super().__init__()
        self.first = torch.nn.Linear(width, width)
        self.second = torch.nn.Linear(width, width)
        self.second.weight = self.first.weight
        self.drop = torch.nn.Dropout(0.3)

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        return self.second(self.drop(torch.tanh(self.first(given)))).square().mean()


def made(seed: int = 0) -> tuple[Small, torch.optim.Optimizer]:
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)
    model = Small()
    groups = [
        {"params": [model.first.weight], "weight_decay": 0.1},
        {"params": [model.first.bias, model.second.bias], "weight_decay": 0.0},
    ]
    return model, torch.optim.AdamW(groups, lr=0.05)


def train(model: Small, optimiser: torch.optim.Optimizer, steps: int) -> list[float]:
    losses = []
    for _ in range(steps):
        noise = random.random() + np.random.normal()
        loss = model(torch.randn(4, 8) + noise)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    return losses


def test_three_steps_saved_loaded_and_three_more_are_six_steps_to_the_bit(tmp_path):
    whole, optimiser = made()
    expected = train(whole, optimiser, 6)

    model, optimiser = made()
    losses = train(model, optimiser, 3)
    checkpoint.save(tmp_path, model=model, optimiser=optimiser, state={"step": 3})
    train(model, optimiser, 2)  # what came after the save is forgotten

    model, optimiser = made(seed=1)
    assert checkpoint.load(tmp_path, model=model, optimiser=optimiser) == {"step": 3}
    losses += train(model, optimiser, 3)

    assert losses == expected
    for name, value in whole.state_dict().items():
        assert torch.equal(model.state_dict()[name], value), name


def test_saving_changes_nothing_of_the_training(tmp_path):
    model, optimiser = made()
    expected = train(model, optimiser, 4)
    model, optimiser = made()
    losses = train(model, optimiser, 2)
    checkpoint.save(tmp_path, model=model, optimiser=optimiser, state={})
    assert losses + train(model, optimiser, 2) == expected


def test_a_new_checkpoint_takes_the_place_of_the_old(tmp_path):
    model, optimiser = made()
    for step in (1, 2):
        train(model, optimiser, 1)
        checkpoint.save(tmp_path, model=model, optimiser=optimiser, state={"step": step})
    assert checkpoint.load(tmp_path, model=model, optimiser=optimiser) == {"step": 2}
    assert len(list(tmp_path.iterdir())) == 2


def test_a_process_killed_between_the_two_files_leaves_the_old_checkpoint(tmp_path):
    model, optimiser = made()
    checkpoint.save(tmp_path, model=model, optimiser=optimiser, state={"step": 1})
    before = (tmp_path / "state.json").read_bytes()
    weight = model.first.weight.detach().clone()
    kept = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    train(model, optimiser, 1)
    checkpoint.save(tmp_path, model=model, optimiser=optimiser, state={"step": 2})
    for name, content in kept.items():
        (tmp_path / name).write_bytes(content)
    assert (tmp_path / "state.json").read_bytes() == before
    assert checkpoint.load(tmp_path, model=model, optimiser=optimiser) == {"step": 1}
    assert torch.equal(model.first.weight, weight)


def test_the_state_of_a_generator_goes_through_the_state(tmp_path):
    generator = np.random.default_rng(5)
    model, optimiser = made()
    state = {"generator": generator.bit_generator.state}
    checkpoint.save(tmp_path, model=model, optimiser=optimiser, state=state)
    expected = generator.random(3)
    again = np.random.default_rng()
    loaded = checkpoint.load(tmp_path, model=model, optimiser=optimiser)
    again.bit_generator.state = loaded["generator"]
    assert (again.random(3) == expected).all()


def test_without_a_checkpoint_the_error_says_so(tmp_path):
    model, optimiser = made()
    assert not checkpoint.exists(tmp_path)
    with pytest.raises(ConfigError, match="no checkpoint in"):
        checkpoint.load(tmp_path, model=model, optimiser=optimiser)


def test_a_checkpoint_of_another_model_is_refused(tmp_path):
    model, optimiser = made()
    checkpoint.save(tmp_path, model=model, optimiser=optimiser, state={})
    other = Small(width=4)
    with pytest.raises(ConfigError, match="another model"):
        checkpoint.load(
            tmp_path, model=other, optimiser=torch.optim.AdamW(other.parameters(), lr=0.1)
        )


def test_a_damaged_checkpoint_is_refused(tmp_path):
    model, optimiser = made()
    checkpoint.save(tmp_path, model=model, optimiser=optimiser, state={})
    (tensors,) = tmp_path.glob("*.safetensors")
    tensors.write_bytes(tensors.read_bytes()[:-8])
    with pytest.raises(ConfigError, match="damaged"):
        checkpoint.load(tmp_path, model=model, optimiser=optimiser)


@pytest.mark.parametrize("text", ["{", "{}"])
def test_a_file_that_is_no_checkpoint_is_refused(tmp_path, text):
    (tmp_path / "state.json").write_text(text)
    model, optimiser = made()
    with pytest.raises(ConfigError, match=r"state\.json"):
        checkpoint.load(tmp_path, model=model, optimiser=optimiser)


def test_a_checkpoint_names_no_file_outside_its_folder(tmp_path):
    model, optimiser = made()
    folder = tmp_path / "inside"
    checkpoint.save(folder, model=model, optimiser=optimiser, state={})
    (tensors,) = folder.glob("*.safetensors")
    tensors.rename(tmp_path / tensors.name)
    state = json.loads((folder / "state.json").read_text())
    (folder / "state.json").write_text(json.dumps({**state, "tensors": f"../{tensors.name}"}))
    with pytest.raises(ConfigError, match="cannot be read"):
        checkpoint.load(folder, model=model, optimiser=optimiser)
