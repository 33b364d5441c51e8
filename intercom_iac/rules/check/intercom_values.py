"""Values that Intercom sets itself, as it spells them: countries by their English name, languages by their code.

A contact has its `country`, a name, beside its `country_code` (API 2.16 description, contact). Which names and which
codes of languages Intercom has is not written down: the tables are those of Unicode CLDR (`tools/place_names.py`); a
value that is like nothing in them is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import lint
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.model import Field
from intercom_iac.text import nearest_name

from ..corrections import replacement_fix
from ..print.text import quote, stands_bare
from ..syntax import tree as s
from .values import shorten

Table = Literal["countries", "languages"]

_TABLES: Mapping[str, Table] = {
    "location.country": "countries",
    "language_override": "languages",
    "browser_language": "languages",
}
_WHAT: Mapping[Table, str] = {
    "countries": "countries have their English names",
    "languages": "languages have their codes of ISO 639",
}
# A misspelt name, and not a code such as `pt-BR`.
_NAME = lazy_pattern(r"[^\W\d_]{4,}(?: [^\W\d_]+)*")


def value_remarks(node: s.Test, field: Field) -> Iterator[Diagnostic]:
    """What there is to say of values that Intercom spells otherwise."""
    table = None if field.custom or field.owner != "contact" else _TABLES.get(field.name)
    if table is None:
        return
    match node.clause:
        case s.Comparison(operand=s.Constant() as constant):
            constants: tuple[s.Constant, ...] = (constant,)
        case s.Membership(values=values):
            constants = values
        case _:
            return
    spellings = _spellings(table)
    for constant in constants:
        if constant.kind in ("word", "text") and (right := spellings.right(constant.text)) is not None:
            written = right if stands_bare(right) else quote(right)
            yield lint.INTERCOM_VALUE.at(
                constant.span,
                f"Intercom has no `{shorten(constant.text)}` in `{field.name}`: {_WHAT[table]}",
                hint=f"write `{written}`",
                fix=replacement_fix(constant.span, written, safe=False),
            )


@dataclass(frozen=True, slots=True)
class _Spellings:
    """The values that Intercom may have, and by what else is written for one, in lower case, that one."""

    values: frozenset[str]
    by_other: Mapping[str, str]

    def right(self, written: str) -> str | None:
        """The value for what is written; None where it is one, and where nothing is known of it."""
        if written in self.values or not written:
            return None
        folded = written.casefold()
        if folded in self.by_other:
            return self.by_other[folded]
        found = nearest_name(written, self.by_other) if _NAME.fullmatch(written) else None
        return None if found is None else self.by_other[found]


@cache
def _spellings(table: Table) -> _Spellings:
    """The table, read when a rule first compares such a value."""
    from importlib import resources

    text = resources.files(__package__ or "").joinpath(f"{table}.tsv").read_text("utf-8")
    values: list[str] = []
    by_other: dict[str, str] = {}
    for line in text.splitlines():
        others, names = (column.split("|") for column in line.split("\t"))
        values += names
        by_other |= {other.casefold(): names[0] for other in (*others, *names)}
    return _Spellings(frozenset(values), by_other)
