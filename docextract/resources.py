"""Resource lookup: finds pipelines, schemas, models and confidence tables by name or path.

The only module that knows folders. Searched in this order: the folder `schemas/` (or
`pipelines/`, `models/`) where the command runs, the user's configuration folder, what is shipped
with the package.
"""

import os
from pathlib import Path
from typing import Literal

from docextract.errors import ConfigError

ResourceType = Literal["schemas", "pipelines", "models"]

_PACKAGE = Path(__file__).parent


def search_folders(sort: ResourceType) -> tuple[Path, ...]:
    """The folders that are searched for resources of this type, in order of precedence."""
    # A wheel carries the folders inside the package; a checkout has them beside it. Weights lie
    # in the package in both: its `models` are code.
    shipped = _PACKAGE / ("weights" if sort == "models" else sort)
    if not shipped.is_dir():
        shipped = _PACKAGE.parent / sort
    return (Path.cwd() / sort, _config() / sort, shipped)


def _config() -> Path:
    return Path(os.environ.get("XDG_CONFIG_HOME", Path.home() / ".config")) / "docextract"


def available_resources(sort: ResourceType) -> dict[str, Path]:
    """Name -> file of all resources of a type, sorted by name; a model is a folder."""
    found: dict[str, Path] = {}
    for folder in search_folders(sort):
        if sort == "models":
            paths = [path.parent for path in folder.glob("*/config.json")]
        else:
            paths = list(folder.glob("*.toml"))
        for path in sorted(paths):
            found.setdefault(path.name.removesuffix(".toml"), path)
    return dict(sorted(found.items()))


def find_resource(sort: Literal["schemas", "pipelines"], name: str) -> Path:
    """The file called `name`, or at the path `name` when it ends in .toml.

    Raises ConfigError that lists what there is.
    """
    if name.endswith(".toml"):
        path = Path(name)
        if not path.is_file():
            raise ConfigError(f"no file {path}; give a name or the path of a .toml file")
        return path
    known = available_resources(sort)
    if name not in known:
        raise ConfigError(f"no {sort[:-1]} {name!r}; there are: {', '.join(known) or 'none'}")
    return known[name]


def find_model(name: str) -> Path:
    """The folder of the trained model called `name`, or the folder at the path `name`.

    Raises ConfigError that lists what there is.
    """
    if Path(name).name != name or Path(name, "config.json").is_file():
        path = Path(name)
        if not (path / "config.json").is_file():
            raise ConfigError(f"no model in {path}: it has no config.json")
        return path
    known = available_resources("models")
    if name not in known:
        raise ConfigError(
            f"no model {name!r}; there are: {', '.join(known) or 'none'}; give the path of a "
            'folder that `docextract train` made, or model = "" to do with rules alone'
        )
    return known[name]


def shipped_model() -> Path:
    """The folder of the trained model that is inside the package."""
    return _PACKAGE / "weights" / "default"


def find_confidence_table(name: str = "default") -> Path | None:
    """The table of confidences at the path `name`; "default" is the user's, else the shipped one.

    None for "", and where there is no default. Raises ConfigError when there is no such file.
    """
    if name == "default":
        known = (_config() / "confidence.json", _PACKAGE / "confidence" / "shipped.json")
        return next((path for path in known if path.is_file()), None)
    if name and not Path(name).is_file():
        raise ConfigError(
            f"no table of confidences {name!r}; give a file that `docextract calibrate` wrote, "
            '"default", or "" for none'
        )
    return Path(name) if name else None
