"""Compiles the catalogue into the wheel while the package is built.

The wheel carries the compiled database in place of its sources. An editable install carries neither: there the
database is compiled from the checkout when first opened.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_PLACE = "provenance/catalog/catalog.sqlite"


class CatalogueBuildHook(BuildHookInterface[Any]):
    """Puts the compiled catalogue into a wheel."""

    PLUGIN_NAME = "custom"

    _folder: str | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the catalogue and have it included.

        Args:
            version: `standard` or `editable`.
            build_data: What hatchling builds from; `force_include` maps a file to its place in the wheel.

        Raises:
            CatalogError: The sources are faulty, with every fault.
        """
        if version == "editable":
            return
        # The build runs the project's own compiler, which an isolated environment finds on no path of its own.
        sys.path.insert(0, self.root)
        from provenance.catalog.compile import compile_catalogue

        self._folder = tempfile.mkdtemp(prefix="provenance-catalog-")
        target = Path(self._folder) / "catalog.sqlite"
        compile_catalogue(Path(self.root) / "provenance" / "catalog", target)
        build_data["force_include"][str(target)] = _PLACE

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove the temporary copy, once the wheel is written."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
