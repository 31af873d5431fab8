"""The documents that name a machine, in words: once per set of documents, for a register may be very long."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from provenance.evidence import Grade
from provenance.origin.mentions import Matches, Mention, mention_of, mentioned_lines, mentioned_plainly
from provenance.origin.register import Flag, Question
from provenance.origin.register_lines import RegisterLines
from provenance.policy.explain import GRADE_PHRASES

_KINDS = {grade.value: "declaration" if grade is Grade.DECLARED else GRADE_PHRASES[grade] for grade in Grade}


def cite_sets(lines: RegisterLines, matches: Matches) -> pl.Series:
    """Return the documents of each set of mentions, each once, with what keeps one from speaking of a unit or clearing.

    A column of String, null for the set of none. The texts of a set stand in their own order, so that the order of a register's lines changes nothing.
    """
    nothing = pl.Series([None], dtype=pl.String)
    if lines.frame.is_empty():
        return nothing
    cited = cite(lines)
    texts = cited.to_list()
    odd = {*matches.questions, *(at for at, shortfall in enumerate(matches.named.shortfalls) if shortfall)}

    def one(mention: Mention) -> str:
        told = _stopping(matches.questions.get(mention.line, ()))
        return f"{texts[mention.line]}{_weight(mention.line, mention.flags, told, matches)}"

    alone = pl.DataFrame({"line": mentioned_lines(matches.alone), "plain": mentioned_plainly(matches.alone)})
    told = cited.gather(alone["line"])
    special = (~alone["plain"] | alone["line"].is_in(list(odd))).arg_true()
    if len(special):
        texts_there = [one(mention_of(matches.alone[at])) for at in special]
        told = told.scatter(special, pl.Series(texts_there, dtype=pl.String))
    together = [
        "; ".join(sorted({one(mention) for mention in mentions})) for mentions, _ in matches.several()
    ]
    return pl.concat([nothing, told, pl.Series(together, dtype=pl.String)])


def _stopping(questions: Sequence[Question]) -> list[Flag]:
    return [question.flag for question in questions if question.flag.stops_clearing]


def _weight(line: int, here: Sequence[Flag], always: Sequence[Flag], matches: Matches) -> str:
    if matches.named.shortfalls[line]:
        return " (allocated to no unit)"
    flags = dict.fromkeys((*always, *here))
    return f" (in doubt: {', '.join(flags)})" if flags else ""


def cite(lines: RegisterLines) -> pl.Series:
    """Return each document in words: `certificate of origin COO-7 p. 2: Malaysia, stated by chamber`.

    What kind of document it is comes first, so that no text of a register opens a cell of a report.
    """
    kind = pl.col("kind").cast(pl.String).replace_strict(_KINDS, return_dtype=pl.String)
    page = pl.when(pl.col("page") != "").then(pl.concat_str(pl.lit(" p. "), "page")).otherwise(pl.lit(""))
    status = pl.format(" ({})", pl.col("status").cast(pl.String)).fill_null("")
    role = pl.col("issuer_role").cast(pl.String)
    text = pl.concat_str(
        kind, pl.lit(" "), "document", page, status, pl.lit(": "), "country", pl.lit(", stated by "), role
    )
    return lines.frame.select(text.alias("cited")).to_series()
