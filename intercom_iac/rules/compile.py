"""Rules -> typed trees: one ad hoc, or all declared ones in the order of their references."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from intercom_iac.diagnostics import Diagnostic, Related
from intercom_iac.diagnostics.codes import parse as parse_codes
from intercom_iac.diagnostics.codes import ref
from intercom_iac.model import Predicate, Schema
from intercom_iac.model.predicate import Extents
from intercom_iac.text import Excerpt, Span, remembered_for_newest

from .check.check import check
from .lints.chains import rule_remarks
from .syntax import tree as s
from .syntax.parse import parse_partly

# Through all references: nodes that references which double and double again would soon pass, and levels. The text of
# a rule is far less deep (`parse`), and nothing goes down a chain of references by calling itself
# (`model.predicate.in_order_of_references`).
MAX_NODES = 10_000
MAX_LEVELS = 2_000


def compile_rule(rule: Excerpt, schema: Schema) -> tuple[Predicate | None, list[Diagnostic]]:
    """The typed tree of one rule, or None, and everything there is to say about it.

    `segment key` refers to the schema's segments. A rule without an error has a tree, and only such a rule.
    """
    syntax, diagnostics = parse_partly(rule)
    if syntax is None:
        return None, diagnostics
    segments, archived = _segments_of(schema)
    tree, found = check(syntax.root, schema, segments, archived)
    diagnostics += found
    if tree is not None:
        diagnostics += _too_large(tree, syntax, Extents())
        if not _has_error(diagnostics):
            return tree, [*diagnostics, *rule_remarks(tree)]
    return None, _with_repairs([(syntax, diagnostics)], schema, segments, archived)


@remembered_for_newest
def _segments_of(schema: Schema) -> tuple[dict[str, Predicate | None], dict[str, Span | None]]:
    """The rules of a schema's segments by key, and the places of those that are archived."""
    segments = schema.segments
    return (
        {key: segment.predicate for key, segment in segments.items()},
        {key: segment.span for key, segment in segments.items() if segment.status == "archived"},
    )


def compile_rules(
    rules: Mapping[str, Excerpt],
    schema: Schema,
    archived: Mapping[str, Span | None] = MappingProxyType({}),
    known: Mapping[str, Predicate] = MappingProxyType({}),
) -> tuple[dict[str, Predicate], list[Diagnostic]]:
    """The typed trees of the declared segments' rules by key, and everything there is to say about them.

    A rule with an error has no tree, and one that refers to it is silently left out. The schema's own segments
    are not looked at. `archived` are the keys of those that are archived, with their places: nothing is said of
    their rules, which select nobody any more and may read what is archived; no other rule may refer to them. `known`
    are the trees of segments that have no rule to compile, by key; they are among those that are given back.
    """
    diagnostics: list[Diagnostic] = []
    syntaxes: dict[str, s.Syntax] = {}
    unread: dict[str, list[Diagnostic]] = {}
    for key, rule in rules.items():
        syntax, found = parse_partly(rule)
        if syntax is not None:
            syntaxes[key] = syntax
        elif key not in archived:
            diagnostics += found
        if found:
            unread[key] = found
    references = {
        key: [
            name
            for name in s.references(syntax.root)
            if name.text in syntaxes and (key in archived or name.text not in archived)
        ]
        for key, syntax in syntaxes.items()
    }
    order, circular = _order_by_references(references)
    diagnostics += _cycles([key for key in circular if key not in archived], references)
    compiled: dict[str, Predicate | None] = {**dict.fromkeys(rules), **known}
    extents = Extents()
    mistaken: list[tuple[s.Syntax, list[Diagnostic]]] = []
    for key in (*order, *circular):
        dead = key in archived
        tree, found = check(syntaxes[key].root, schema, compiled, {} if dead else archived, dead=dead)
        if tree is not None:
            found += _too_large(tree, syntaxes[key], extents)
            if not dead and not _has_error(found):
                found += rule_remarks(tree)
        found = [*unread.get(key, ()), *found]
        if not _has_error(found):
            compiled[key] = tree
            diagnostics += found if not dead else ()
        elif not dead:
            mistaken.append((syntaxes[key], found))
    if mistaken:
        diagnostics += _with_repairs(mistaken, schema, compiled, archived)
    return {key: tree for key, tree in compiled.items() if tree is not None}, diagnostics


def _has_error(diagnostics: Iterable[Diagnostic]) -> bool:
    return any(diagnostic.is_error for diagnostic in diagnostics)


def _with_repairs(
    mistaken: Iterable[tuple[s.Syntax, list[Diagnostic]]],
    schema: Schema,
    segments: Mapping[str, Predicate | None],
    archived: Mapping[str, Span | None],
) -> list[Diagnostic]:
    """What there is to say of rules with mistakes, with the clause as it should be where that is found."""
    # Nothing of repairs is loaded while every rule is read.
    from .repair.repair import MOST_RULES, repair_mistakes
    from .repair.trial import Budget, Known

    known = Known(schema, segments, archived)
    diagnostics: list[Diagnostic] = []
    for index, (syntax, found) in enumerate(mistaken):
        # Whoever has very many mistakes mends those at the top first.
        diagnostics += repair_mistakes(syntax, found, known, Budget()) if index < MOST_RULES else found
    return diagnostics


# --- references ---------------------------------------------------------------------------------------------


def _order_by_references(references: Mapping[str, list[s.Name]]) -> tuple[list[str], list[str]]:
    """The keys, each behind those it refers to; and apart the keys that lie on a cycle or rest on one."""
    waits = {key: {name.text for name in named} for key, named in references.items()}
    needed_by: dict[str, list[str]] = {key: [] for key in references}
    for key, needs in waits.items():
        for need in needs:
            needed_by[need].append(key)
    ready = [key for key, needs in waits.items() if not needs]
    for key in ready:
        for other in needed_by[key]:
            waits[other].discard(key)
            if not waits[other]:
                ready.append(other)
    done = set(ready)
    return ready, [key for key in references if key not in done]


def _cycles(circular: list[str], references: Mapping[str, list[s.Name]]) -> Iterable[Diagnostic]:
    """One diagnostic for each cycle, at a reference that is part of it."""
    onward = {
        key: next(reference for reference in references[key] if reference.text in circular)
        for key in circular
    }
    seen: set[str] = set()
    for key in circular:
        path: list[str] = []
        while key not in seen:
            seen.add(key)
            path.append(key)
            key = onward[key].text
        if key not in path:
            continue
        cycle = path[path.index(key) :]
        through = ", ".join(f"`{member}`" for member in cycle[1:])
        related = tuple(
            Related(span, f"`{member}` refers to `{onward[member].text}` here")
            for member in cycle[1:]
            if (span := onward[member].span) is not None
        )
        message = f"segment `{key}` refers to itself" + (f" through {through}" if through else "")
        yield ref.CYCLE.at(onward[key].span, message, hint="take one of the references out", related=related)


# --- bounds -------------------------------------------------------------------------------------------------


def _too_large(tree: Predicate, syntax: s.Syntax, extents: Extents) -> list[Diagnostic]:
    levels, nodes = extents.measure(tree)
    if levels <= MAX_LEVELS and nodes <= MAX_NODES:
        return []
    much = f"{nodes:,} tests" if nodes > MAX_NODES else f"{levels:,} levels"
    most = f"{MAX_NODES if nodes > MAX_NODES else MAX_LEVELS:,}"
    message = f"with the segments it refers to the rule has {much}, and a rule may have {most}"
    hint = "keep a part of it as a tag or an attribute, and ask for that"
    return [parse_codes.TOO_LARGE.at(syntax.source.span(0, len(syntax.source.text)), message, hint=hint)]
