"""What rules read of people, so that nothing else is taken from their files."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from intercom_iac.compilers.sql import column
from intercom_iac.diagnostics import Misuse
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Field, Predicate, events_of, fields_of, reads_tags, walk
from intercom_iac.model.predicate import SomeCompany, own_fields


@dataclass(frozen=True, slots=True)
class Needs:
    """Attributes, lists of a contact (`tags`, `companies`), events by their names, and whether their metadata too."""

    fields: tuple[Field, ...]
    lists: tuple[str, ...]
    events: tuple[str, ...]
    reads_metadata: bool

    @classmethod
    def of(cls, rules: Collection[Predicate]) -> Needs:
        return cls(
            tuple(distinct_fields(rules)),
            tuple(dict.fromkeys(name for rule in rules for name in required_lists(rule))),
            tuple(dict.fromkeys(name for rule in rules for name in events_of(rule))),
            any(
                field.owner == "event" for rule in rules for node in walk(rule) for field in own_fields(node)
            ),
        )


def required_lists(rule: Predicate) -> tuple[str, ...]:
    """Which of a contact's lists the rule asks for: `tags`, `companies`."""
    companies = any(isinstance(node, SomeCompany) for node in walk(rule))
    return (*(("tags",) if reads_tags(rule) else ()), *(("companies",) if companies else ()))


def distinct_fields(rules: Iterable[Predicate]) -> list[Field]:
    """The fields that the rules read, each once."""
    found = {(field.owner, field.name): field for rule in rules for field in fields_of(rule)}
    return list(found.values())


def refuse_columns_alike(fields: Iterable[Field]) -> None:
    """Raises `Misuse` where two fields of a model would be one column to an engine that ignores the case of names."""
    found: dict[tuple[str, str], Field] = {}
    for field in fields:
        other = found.setdefault((field.owner, column(field).casefold()), field)
        if other is not field and field.owner != "event":
            alike = (
                f"the attributes `{other.name}` and `{field.name}` of a {field.owner} differ in case alone"
            )
            raise Misuse(
                f"{alike}, and are one column to the engine",
                hint="count segments that read one of them alone; `rule eval` tells the two apart",
            )
