"""Whole statements: the members of a rule, the sizes of many in one pass, or a bit a rule for each contact."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo

from intercom_iac.model import Predicate
from intercom_iac.model.predicate import And

from .conditions import Conditions
from .days import Today
from .dialect import Dialect
from .facts import Columns, Facts
from .layers import Layers


def members(
    rule: Predicate,
    dialect: Dialect,
    *,
    today: Today,
    zone: tzinfo,
    tables: Callable[[str], str] | None = None,
) -> str:
    """A query of the ids of the contacts the rule holds for.

    `tables` gives the query of each table that it reads, where that stands elsewhere than under its name.
    """
    conditions = Conditions(dialect, today=today, zone=zone)
    parts = rule.parts if isinstance(rule, And) else (rule,)
    tests = [conditions.condition(part) for part in parts]
    return _statement(conditions, ("c.id",), tests, tables)


def counts(rules: Mapping[str, Predicate], dialect: Dialect, *, today: Today, zone: tzinfo) -> str:
    """A query of one row: how many contacts there are, then how many each rule holds for.

    The first column is `contacts`, or where a rule is called so `contacts_`, in any case; none is ever null.
    """
    conditions = Conditions(dialect, today=today, zone=zone)
    taken = {name.lower() for name in rules}
    total = "contacts"
    while total in taken:
        total += "_"
    sums = [
        f"coalesce(sum(case when {conditions.condition(rule)} then 1 else 0 end), 0) as {dialect.identifier(name)}"
        for name, rule in rules.items()
    ]
    return _statement(conditions, (f"count(*) as {total}", *sums))


def masks(
    rules: Sequence[Predicate], dialect: Dialect, *, today: Today, zone: tzinfo, also: Sequence[str] = ()
) -> str:
    """A query of a row a contact: the columns of `also`, then the answers of the rules as bits of `m0`, `m1` ...

    The first rule is the lowest bit of `m0`; `mask_names` has the names, and none is ever null.
    """
    conditions = Conditions(dialect, today=today, zone=zone)
    layers = Layers(rules)
    if layers.are_needed:
        query, names = layers.query(
            conditions.condition, lambda tests: _statement(conditions, (*also, *tests))
        )
        columns = _mask_columns([f"{names[id(rule)]} = 1" for rule in rules])
        kept = [column.rpartition(".")[2] for column in also]
        return f"select {', '.join((*kept, *columns))}\nfrom (\n{query}\n) b"
    columns = _mask_columns([conditions.condition(rule) for rule in rules])
    return _statement(conditions, (*also, *columns) or ("c.id",))


def _mask_columns(answers: Sequence[str]) -> list[str]:
    # Each `case` is asked of those rows alone for which its parts before hold, which a plain condition is not.
    bits = [f"case when {answer} then {1 << at % MASK_BITS} else 0 end" for at, answer in enumerate(answers)]
    return [
        f"{' + '.join(bits[at * MASK_BITS : (at + 1) * MASK_BITS])} as {name}"
        for at, name in enumerate(mask_names(len(answers)))
    ]


def key_of_event(name: str) -> str:
    """The key of an event's name, `model.event_key` in SQL: of one sigma."""
    return f"replace({_plain_key(name)}, 'ς', 'σ')"


def _plain_key(name: str) -> str:
    """The name that is one to Intercom, whatever its case and whether it came with `.` or `-`."""
    return f"replace(replace(lower({name}), '.', '-'), '$', '-')"


def mask_names(rules: int) -> list[str]:
    """The names of the columns in which `masks` has the answers of so many rules."""
    return [f"m{at}" for at in range(-(-rules // MASK_BITS))]


# Of a signed integer of 64 bits, which every engine has.
MASK_BITS = 63


# --- how they are put together ------------------------------------------------------------------------------


def _statement(
    conditions: Conditions,
    columns: Sequence[str],
    tests: Sequence[str] = (),
    tables: Callable[[str], str] | None = None,
) -> str:
    facts = [] if tables is None else [(table, tables(table)) for table in _tables_read(conditions)]
    joins: list[str] = []
    for name, alias, query in _facts(conditions):
        facts.append((name, query))
        if alias is not None:
            joins.append(f"left join {name} {alias} on {alias}.contact_id = c.id")
    head = "with " + ",\n".join(f"{name} as (\n{_indent(query)}\n)" for name, query in facts) if facts else ""
    lines = [head] if head else []
    contacts = _with_columns("contacts", conditions.columns["c"])
    lines += ["select", ",\n".join(f"  {column}" for column in columns), f"from {contacts} c", *joins]
    lines += ["where " + "\n  and ".join(tests)] if tests else []
    return "\n".join(lines)


def _tables_read(conditions: Conditions) -> list[str]:
    tables = ["contacts"]
    tables += ["companies", "contact_companies"] if conditions.companies.aggregates else []
    tables += ["events"] if conditions.events.aggregates else []
    tables += ["contact_tags"] if conditions.tags.aggregates else []
    return tables + (["company_tags"] if conditions.company_tags.aggregates else [])


def _facts(conditions: Conditions) -> list[tuple[str, str | None, str]]:
    """The name, the alias beside a contact's row (None: joined elsewhere) and the query of each set of facts."""
    found: list[tuple[str, str | None, str]] = []
    if conditions.company_tags.aggregates:
        query = _group(conditions.company_tags, "x.company_id", "from company_tags x")
        found.append(("company_tag_facts", None, query))
    if conditions.companies.aggregates:
        companies = _with_columns("companies", conditions.columns["o"])
        source = f"from contact_companies l\njoin {companies} o on o.id = l.company_id"
        if conditions.company_tags.aggregates:
            source += "\nleft join company_tag_facts ct on ct.company_id = o.id"
        found.append(("company_facts", "co", _group(conditions.companies, "l.contact_id", source)))
    if conditions.events.aggregates:
        source = f"from {_events(conditions)} e"
        if conditions.contact_of_event.expressions:
            contacts = _select("contacts", ["x.id"], conditions.contact_of_event)
            source += f"\nleft join {_nested(contacts)} c on c.id = e.contact_id"
        found.append(("event_facts", "ev", _group(conditions.events, "e.contact_id", source)))
    if conditions.tags.aggregates:
        found.append(("tag_facts", "t", _group(conditions.tags, "x.contact_id", "from contact_tags x")))
    return found


def _events(conditions: Conditions) -> str:
    """The events, each with its key, and with what the rules ask of an occurrence and of those before it."""
    # A key has one sigma, and the lower case of a text may have two.
    plain = not any("σ" in condition for condition in conditions.events.conditions)
    key = _plain_key("x.event_name") if plain else key_of_event("x.event_name")
    columns = ["x.contact_id", "x.created_at", "x.metadata", f"{key} as event_key"]
    events = _nested(_select("events", columns, conditions.columns["e"]))
    if not conditions.earlier.aggregates:
        return events
    matter = " or ".join(conditions.events.conditions)
    earlier = [f"{window} as {name}" for name, window in conditions.earlier.aggregates.items()]
    lines = ["select", ",\n".join(f"  {column}" for column in ("e.*", *earlier)), f"from {events} e"]
    return _nested("\n".join([*lines, f"where {matter}"]))


def _with_columns(table: str, columns: Columns) -> str:
    """The table, with these columns beside its own where there are any."""
    return _nested(_select(table, ["x.*"], columns)) if columns.expressions else table


def _select(table: str, own: Sequence[str], columns: Columns) -> str:
    """Columns of a table, and those that are made of its row."""
    more = (f"{expression} as {name}" for name, expression in columns.expressions.items())
    return "\n".join(["select", ",\n".join(f"  {column}" for column in (*own, *more)), f"from {table} x"])


def _nested(query: str) -> str:
    return f"(\n{_indent(query)}\n)"


def _group(facts: Facts, key: str, source: str) -> str:
    columns = [f"  {key}", *(f"  {aggregate} as {name}" for name, aggregate in facts.aggregates.items())]
    matter = " or ".join(facts.conditions)
    return "\n".join(["select", ",\n".join(columns), source, f"where {matter}", f"group by {key}"])


def _indent(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())
