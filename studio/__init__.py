"""studio: Make for procedural video."""

__version__ = "0.1.0"
