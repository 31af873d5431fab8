"""Compiles the catalogue into the wheel while the package is built, and the policies beside their sources.

The wheel carries the compiled database in place of its sources. An editable install carries neither: there the
database is compiled from the checkout when first opened.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_PLACE = "provenance/catalog/catalog.sqlite"


class CompiledBuildHook(BuildHookInterface[Any]):
    """Puts what is compiled into a wheel."""

    PLUGIN_NAME = "custom"

    _folder: str | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the catalogue and have it included, and what else is kept.

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
        self._keep(target, Path(self._folder) / "compiled", build_data)

    def _keep(self, catalogue: Path, folder: Path, build_data: dict[str, Any]) -> None:
        """Compile what a run would else compile for itself and keep in the user's cache."""
        from provenance import kept
        from provenance.catalog.database import open_catalogue
        from provenance.identify.codes import kept_codes
        from provenance.identify.names import MakerNames, kept_names
        from provenance.inventory import presets, vocabulary
        from provenance.policy.kept import shipped_policies
        from provenance.policy.where import IMPORTED_VARIABLE

        folder.mkdir()
        # What the user who builds has imported for himself is none of the wheel's.
        os.environ[IMPORTED_VARIABLE] = str(folder / "none")
        known = open_catalogue(catalogue)
        names = MakerNames(known.makers(), known.families())
        of_names = kept_names(known.makers(), known.families(), known.content)
        codes = kept_codes(known.models_by_id(), names, known.collisions(), known.content)
        for one in (of_names, codes, vocabulary.KEPT, presets.KEPT, *shipped_policies()):
            one.ship(folder)
        place = kept.SHIPPED.relative_to(kept.PACKAGE.parent)
        for path in sorted(folder.iterdir()):
            build_data["force_include"][str(path)] = (place / path.name).as_posix()

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove the temporary copy, once the wheel is written."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
