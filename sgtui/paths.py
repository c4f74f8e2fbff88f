"""Where things are kept: the only module that knows the platform's folders."""

import os
from pathlib import Path

import platformdirs

APP = "sgtui"


def bundled_library() -> Path:
    """The course that ships with the program: inside the package once installed, beside it in a checkout."""
    inside = Path(__file__).parent / "_content"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "content"


def state_file() -> Path:
    """The learner's own file: ``SGTUI_STATE``, else ``study.json`` in the platform's data folder."""
    chosen = os.environ.get("SGTUI_STATE")
    return Path(chosen).expanduser() if chosen else Path(platformdirs.user_data_dir(APP, False)) / "study.json"


def settings_file() -> Path:
    """Where preferences are kept: ``settings.toml`` in the platform's configuration folder."""
    return Path(platformdirs.user_config_dir(APP, False)) / "settings.toml"


def cache_dir() -> Path:
    """Where what can be made again is kept; safe to delete."""
    return Path(platformdirs.user_cache_dir(APP, False))
