"""Words of a closed set on the command line: whoever misspells one is shown the near one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click


class NearChoice(click.Choice[str]):
    """A choice that names the near word before it names all of them."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """Return what is wrong and which word may have been meant."""
        said = super().get_invalid_choice_message(value, ctx)
        return f"{said.removesuffix('.')}{meant(str(value), [str(choice) for choice in self.choices])}"


def meant(wrong: str, known: Sequence[str]) -> str:
    """Return `. Did you mean 'x'?`, or a full stop where nothing is near."""
    import difflib

    near = difflib.get_close_matches(wrong, known, 1)
    return f". Did you mean {near[0]!r}?" if near else "."
