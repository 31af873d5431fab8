"""The names on the entity lists, and how a text meets one: the same name, or one that is near and not the same.

Two firms of one group share most of their words, and short names collide (ITC, CNT, Envision). So a name is met by
the whole of it or by nothing; whatever is only near is said to be near, and no verdict rests on it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum

from provenance.identify.normalise import fold, words_of
from provenance.identify.words import LEGAL_FORMS, PLACES, TRADE_WORDS
from provenance.policy.entity import EntityMember
from provenance.records import dataclass

_FORMS = LEGAL_FORMS - {"group", "holding", "holdings", "international", "intl", "of"}
"""Words that say nothing but what a company is in law: a group and its holding are other companies than its members."""
_SHORT = 6
"""A single word without a legal form is a name of its own only from this length on."""
_NEAR = 5
"""How many near names are shown."""


class By(StrEnum):
    """How a text meets an entry."""

    NAME = "name"
    ALIAS = "alias"
    WITHOUT_FORM = "name-without-legal-form"
    """The same words, the legal form aside: two words or more, or one long one."""
    MAKER = "maker"
    """The text names a maker of the catalogue that the entry is."""


@dataclass(frozen=True, slots=True)
class Met:
    """A text that is the name of an entry."""

    member: EntityMember
    by: By
    matched: str
    """The name of the entry that it is."""


@dataclass(frozen=True, slots=True)
class Near:
    """An entry whose name is near a text: near, not the same."""

    list_id: str
    name: str
    why: str


class EntityNames:
    """The names of all entries, ready to be met."""

    def __init__(self, members: Iterable[EntityMember]) -> None:
        self._members = tuple(members)
        self._whole: dict[str, list[Met]] = defaultdict(list)
        self._cores: dict[str, list[Met]] = defaultdict(list)
        self._words: dict[str, list[EntityMember]] = defaultdict(list)
        self._leads: dict[str, set[str]] = defaultdict(set)
        for member in self._members:
            self._add(member)

    def _add(self, member: EntityMember) -> None:
        told: set[str] = set()
        for name in (member.name, *member.aliases):
            words = words_of(fold(name))
            by = By.NAME if name == member.name else By.ALIAS
            self._whole["".join(words)].append(Met(member, by, name))
            core = _core(words)
            if core and core != words and _own_name(core):
                self._cores["".join(core)].append(Met(member, By.WITHOUT_FORM, name))
            told |= _telling(core)
            self._leads[f"{member.list_id} {member.name}"].add(_lead(core))
        for word in sorted(told):
            self._words[word].append(member)

    def meet(self, text: str) -> tuple[Met, ...]:
        """Return every entry whose name the text is, in the order of the lists, each once and by the best way."""
        words = words_of(fold(text))
        if not words:
            return ()
        found = list(self._whole.get("".join(words), ()))
        core = _core(words)
        if _own_name(core):
            # `Huawei Technologies` for `Huawei Technologies Co., Ltd.`, and the other way about.
            found += self._cores.get("".join(core), ())
            found += [
                Met(met.member, By.WITHOUT_FORM, met.matched) for met in self._whole.get("".join(core), ())
            ]
        best: dict[int, Met] = {}
        for met in found:
            best.setdefault(id(met.member), met)
        return tuple(best[id(member)] for member in self._members if id(member) in best)

    def near(self, text: str, *, misspelt: bool = True) -> tuple[Near, ...]:
        """Return entries whose names are near a text, nearest first.

        Args:
            text: A name that meets none of them.
            misspelt: Whether it may be spelled wrongly: Cisco is a name of its own and no slip for COSCO.
        """
        core = _core(words_of(fold(text)))
        lead = _lead(core)
        shared: dict[tuple[str, str], list[str]] = defaultdict(list)
        for word in sorted(_telling(core)):
            for list_id, name in dict.fromkeys((one.list_id, one.name) for one in self._words.get(word, ())):
                # Names that share nothing but a word further back (`Development`) are not near at all.
                if word == lead or word in self._leads[f"{list_id} {name}"]:
                    shared[list_id, name].append(f"shares the word {word!r}")
        for word, meant in (self._misspelt(core) if misspelt else {}).items():
            for member in self._words[meant]:
                shared[member.list_id, member.name] = [f"{word!r} is spelled nearly like {meant!r}"]
        ranked = sorted(shared, key=lambda key: (-len(shared[key]), key[1].casefold(), key[0]))
        return tuple(
            Near(list_id, name, ", ".join(dict.fromkeys(shared[list_id, name])))
            for list_id, name in ranked[:_NEAR]
        )

    def _misspelt(self, core: Sequence[str]) -> dict[str, str]:
        from provenance.identify.near import nearest

        known = sorted({word for leads in self._leads.values() for word in leads if word})
        word = _lead(core)
        meant = nearest(word, known) if word.isalpha() and word not in self._words else None
        return {word: meant} if meant is not None else {}


def _core(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in _FORMS]


def _own_name(core: Sequence[str]) -> bool:
    return len(core) >= 2 or (len(core) == 1 and len(core[0]) >= _SHORT)


def _telling(core: Sequence[str]) -> set[str]:
    """Return the words that may tell a company from another."""
    return {word for word in core if len(word) >= 4 and word not in TRADE_WORDS | PLACES | LEGAL_FORMS}


def _lead(core: Sequence[str]) -> str:
    """Return the first of these words; empty where there is none."""
    telling = _telling(core)
    return next((word for word in core if word in telling), "")
