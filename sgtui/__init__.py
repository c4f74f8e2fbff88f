"""sgtui: a study reader for the terminal."""

__version__ = "0.1.0"
