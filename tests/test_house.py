"""The house rules that a test can measure: cycles, sizes, docstrings and types."""

import ast
import dataclasses
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import docextract
import docextract.document

MOST_MODULES = 15  # in a folder, `__init__` not counted
MOST_LINES = 60  # of a function, its docstring not counted
MOST_COLUMNS = 100  # of the first line of a module's docstring
ROOT = Path(docextract.__file__).parent
MODULES = {
    ".".join(path.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(ROOT.rglob("*.py"))
}
FOLDERS = sorted({path.parent for path in MODULES.values()})


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text("utf-8"))


def is_for_types(node: ast.stmt) -> bool:
    """Whether a statement is `if TYPE_CHECKING:`, which never runs."""
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def imported(module: str) -> set[str]:
    """The modules that run when this one is imported, but for packages on the way to them."""
    found = set()
    for node in tree(module).body:
        for inner in () if is_for_types(node) else ast.walk(node):
            if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
                break
            if isinstance(inner, ast.Import):
                found |= {alias.name for alias in inner.names}
            elif isinstance(inner, ast.ImportFrom) and inner.module:
                names = {f"{inner.module}.{alias.name}" for alias in inner.names}
                found |= names & MODULES.keys()
                if names - MODULES.keys():
                    found.add(inner.module)
    return (found & MODULES.keys()) - {module}


def cycles() -> list[list[str]]:
    """Groups of modules that import each other, by Tarjan's algorithm."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(module: str) -> None:
        order[module] = low[module] = len(order)
        stack.append(module)
        for other in sorted(imported(module)):
            if other not in order:
                visit(other)
                low[module] = min(low[module], low[other])
            elif other in stack:
                low[module] = min(low[module], order[other])
        if low[module] == order[module]:
            at = stack.index(module)
            group, stack[at:] = stack[at:], []
            if len(group) > 1:
                found.append(sorted(group))

    for module in MODULES:
        if module not in order:
            visit(module)
    return found


def functions(module: str) -> Iterator[tuple[str, int]]:
    """Each function of a module with its lines of code."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno
            lines = node.end_lineno - node.lineno + 1
            if ast.get_docstring(node) is not None:
                assert node.body[0].end_lineno
                lines -= node.body[0].end_lineno - node.body[0].lineno + 1
            yield node.name, lines


def records() -> Iterator[type]:
    """The public dataclasses of `docextract.document`, of all its modules."""
    package = docextract.document
    names = [package.__name__]
    if hasattr(package, "__path__"):
        names += [found.name for found in pkgutil.walk_packages(package.__path__, names[0] + ".")]
    for name in names:
        for label, found in inspect.getmembers(importlib.import_module(name), inspect.isclass):
            is_own = found.__module__ == name and not label.startswith("_")
            if is_own and dataclasses.is_dataclass(found):
                yield found


def test_no_modules_import_each_other():
    assert cycles() == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: str(path.relative_to(ROOT.parent)))
def test_a_folder_has_few_modules(folder):
    modules = [path.name for path in folder.glob("*.py") if path.name != "__init__.py"]
    assert len(modules) <= MOST_MODULES


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: str(path.relative_to(ROOT.parent)))
def test_a_folder_of_modules_is_a_package(folder):
    assert (folder / "__init__.py").is_file()


@pytest.mark.parametrize("module", MODULES)
def test_a_function_is_short(module):
    assert {name: lines for name, lines in functions(module) if lines > MOST_LINES} == {}


@pytest.mark.parametrize("module", MODULES)
def test_a_module_says_in_its_first_line_what_it_does(module):
    first = (ast.get_docstring(tree(module)) or "").partition("\n")[0]
    assert first.endswith(".")
    assert len(first) <= MOST_COLUMNS


@pytest.mark.parametrize("record", list(records()), ids=lambda record: record.__name__)
def test_a_field_of_a_document_has_a_type_that_says_something(record):
    types = {field.name: str(field.type) for field in dataclasses.fields(record)}
    assert {name: found for name, found in types.items() if re.search(r"\bAny\b", found)} == {}


def test_the_paths_in_the_architecture_are_there():
    text = (ROOT.parent / "ARCHITECTURE.md").read_text("utf-8")
    paths = set(re.findall(r"`((?:docextract|schemas|benchmarks|tests)/[\w./]*)`", text))
    assert len(paths) > 30
    assert {path for path in paths if not (ROOT.parent / path).exists()} == set()


def test_the_architecture_names_every_package():
    text = (ROOT.parent / "ARCHITECTURE.md").read_text("utf-8")
    rows = text.split("## Packages")[1].split("## A folder run")[0]
    named = set(re.findall(r"`(\w+)/?`", rows))
    own = {path.name.removesuffix(".py") for path in ROOT.iterdir() if path.suffix == ".py"}
    own |= {path.name for path in ROOT.iterdir() if (path / "__init__.py").exists()}
    assert own - {"__init__", "__main__"} <= named
