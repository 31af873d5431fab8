"""One identifier over the project's own catalogue, built once."""

from __future__ import annotations

import pytest

from provenance.catalog.database import Catalogue, open_catalogue
from provenance.identify.resolve import Identifier


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return open_catalogue()


@pytest.fixture(scope="session")
def identifier(catalogue: Catalogue) -> Identifier:
    return Identifier(catalogue)
