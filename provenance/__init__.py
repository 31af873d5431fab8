"""Provenance checks where hardware comes from."""

from provenance._version import __version__

__all__ = ["__version__"]
