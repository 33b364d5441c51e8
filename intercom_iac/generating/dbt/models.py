"""A segment as a dbt model: a query of its members, whose days are counted from the present one."""

from __future__ import annotations

from datetime import date, tzinfo

from intercom_iac.compilers.sql import CurrentDay, Dialect, current_day, members
from intercom_iac.model import Segment
from intercom_iac.text import printable

from ..header import header_lines
from .jinja import jinja_dialect, literal

SOURCE = "intercom"
DAY_VARIABLE = "intercom_today"
_CURRENT_DAY = CurrentDay("{{ current_date }}")
# The number of the day is worked out by the database, unless `--vars` says another day.
_DAY = """\
{%%- set current_date -%%}
  {%%- if var('%s', none) -%%}
    {{ modules.datetime.date.fromisoformat(var('%s') | string).toordinal() - %d }}
  {%%- else -%%}
    %s
  {%%- endif -%%}
{%%- endset %%}"""


def model_text(segment: Segment, dialect: Dialect, zone: tzinfo) -> str:
    """The file of a model. Raises `UndecidedRule` for a segment that only Intercom can decide."""
    query = members(
        segment.typed_rule, jinja_dialect(dialect), today=_CURRENT_DAY, zone=zone, tables=_source_query
    )
    lines = [f"-- {line}" for line in (*header_lines("dbt"), _on_one_line(f"{segment.name}: {segment.rule}"))]
    if _CURRENT_DAY.expression in query:
        lines.append(
            f"-- Days are those of {zone}. `current_date` is the number of the present one from 1970-01-01."
        )
        epoch = date(1970, 1, 1).toordinal()
        lines.append(_DAY % (DAY_VARIABLE, DAY_VARIABLE, epoch, current_day(dialect, zone).expression))
    return "\n".join((*lines, query, ""))


def _source_query(table: str) -> str:
    return "\n".join(("select *", f"from {{{{ source('{SOURCE}', '{table}') }}}}"))


def _on_one_line(text: str) -> str:
    return literal(printable(" ".join(text.split())))
