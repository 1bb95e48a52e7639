"""The architecture is a list that a test reads."""

import ast
from pathlib import Path

import pytest

import docextract

#: Lowest first. A module imports from its own package and from those of the rows above it; the
#: packages of one row never import each other.
LAYERS = [
    ["errors"],
    ["document"],
    ["values"],
    ["expression"],
    ["validation_errors"],
    ["schema"],
    ["json_schema"],
    ["resources"],
    ["ocr"],
    ["readers"],
    ["models"],
    ["evidence", "layout", "encoding"],
    ["confidence"],
    ["classification", "entities", "extraction", "resolution"],
    ["stages", "spacy_components"],
    ["pipeline"],
    ["drawing"],
    ["export"],
    ["batch"],
    ["api"],
    ["evaluation"],
    ["training"],
    ["doctor"],
    ["show"],
    ["explain"],
    ["cli"],
]
ROOT = Path(docextract.__file__).parent


def layer(dotted: str) -> str:
    parts = dotted.split(".")
    return parts[1] if len(parts) > 1 else ""


def imported(module: Path) -> set[str]:
    """The layers that `module` names in its import statements."""
    found = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "docextract":
            found |= {alias.name for alias in node.names if not alias.name.startswith("__")}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("docextract."):
            found.add(layer(node.module or ""))
        elif isinstance(node, ast.Import):
            found |= {layer(a.name) for a in node.names if a.name.startswith("docextract.")}
    return found


@pytest.mark.parametrize(
    "module", sorted(ROOT.rglob("*.py")), ids=lambda p: str(p.relative_to(ROOT))
)
def test_a_module_imports_only_from_its_own_layer_and_lower_ones(module):
    own = module.relative_to(ROOT).parts[0].removesuffix(".py")
    if own == "__init__":
        return  # the front door, which opens onto every layer
    rows = [at for at, row in enumerate(LAYERS) if own in row]
    assert rows, f"{own} has no place in the list of layers"
    below = {name for row in LAYERS[: rows[0]] for name in row}
    assert imported(module) <= below | {own}


def test_no_relative_imports():
    for module in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            assert not (isinstance(node, ast.ImportFrom) and node.level), module
