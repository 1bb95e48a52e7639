import pytest

from docextract.errors import ConfigError, MissingDependency
from docextract.models.device import torch_device

torch = pytest.importorskip("torch")


def test_the_processor_is_always_there():
    assert torch_device("cpu").type == "cpu"


def test_auto_takes_the_best_there_is():
    expected = "cuda" if torch.cuda.is_available() else None
    assert torch_device("auto").type in {expected or "cpu", "mps"}


def test_a_name_that_is_no_device_is_a_configuration_error():
    with pytest.raises(ConfigError, match="try auto, cpu, cuda"):
        torch_device("warp")


def test_a_device_that_is_not_here_is_never_replaced():
    with pytest.raises(MissingDependency, match="no device 'cuda:99' here"):
        torch_device("cuda:99")
