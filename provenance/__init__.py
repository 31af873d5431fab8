"""Provenance checks where hardware comes from: inventories in, graded evidence and notices out.

`audit` gives the same outcome as the command `provenance audit`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provenance._version import __version__

if TYPE_CHECKING:
    from provenance.pipeline import audit
    from provenance.policy.audit import Audit

__all__ = ["Audit", "__version__", "audit"]


def __getattr__(name: str) -> Any:
    # The pipeline brings the columnar engine with it; who only asks for the version need not wait for that.
    if name == "audit":
        from provenance.pipeline import audit

        return audit
    if name == "Audit":
        from provenance.policy.audit import Audit

        return Audit
    raise AttributeError(f"module 'provenance' has no attribute {name!r}")
