"""What a check of records finds: a mistake of one record, and the report of all."""

from __future__ import annotations

from collections.abc import Mapping

from intercom_iac.diagnostics import Code
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.text import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One mistake of one record. `record` counts from 1 in the order of the input; `path` is where the value stands
    in it (`custom_attributes.plan_type`), "" for the record itself; `column` counts from 1 in the record's own line
    where its text was not read; `attribute` is the address or key that a summary counts it under."""

    record: int
    path: str
    code: Code
    message: str
    hint: str | None = None
    declared: Span | None = None
    column: int | None = None
    attribute: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PayloadReport:
    """All that a check says. `checked` and `invalid` count records, `invalid` also an array that ends wrongly.
    `by_code` and `by_attribute` count violations, errors and warnings alike; a record with warnings only is valid.
    `violations` are the first ones, in the input's order; `truncated`: there are more."""

    checked: int
    invalid: int
    by_code: Mapping[str, int]
    by_attribute: Mapping[str, int]
    violations: tuple[Violation, ...]
    truncated: bool
