"""Where a rule names an attribute, an event or a segment, and the edits that give it another name there."""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.diagnostics import Edit
from intercom_iac.model import Address, DataType, ModelName, Schema
from intercom_iac.text import Excerpt, Span

from .corrections import apart
from .print.text import field_text, label_text, operand_text, other_text
from .syntax import tree as s
from .syntax.parse import parse_partly
from .syntax.special_words import DAYS, NOW

_OF_COMPANY = "company."
_DAY_WORDS = DAYS.keys() | NOW


def rename_in_rule(rule: Excerpt, old: Address, name: str, schema: Schema) -> list[Edit]:
    """The edits that write another name wherever a rule names what stands at an address, in the order of places.

    `schema` has the types of fields, which tell a bare word that is a field from one that is a value. What of a rule
    does not read is left as it is.
    """
    syntax, _ = parse_partly(rule)
    if syntax is None:
        return []
    reader = _Reader(old, name, schema)
    named = reader.names_of_fields(syntax.root, "contact") if old.owner else reader.names(syntax.root)
    return [apart(span, text) for span, text in named if span is not None]


_Place = tuple[Span | None, str]


class _Reader:
    """Finds the places of a name in the untyped tree, each with what is to stand there."""

    def __init__(self, old: Address, name: str, schema: Schema) -> None:
        self.old = old
        self.name = name
        self.schema = schema

    # --- events and segments --------------------------------------------------------------------------------

    def names(self, node: s.Node) -> Iterator[_Place]:
        """The places that name an event or a segment."""
        match node:
            case s.Conjunction(parts=parts) | s.Disjunction(parts=parts):
                for part in parts:
                    yield from self.names(part)
            case s.Negation(part=part) | s.CompanyRule(rule=part):
                yield from self.names(part)
            case s.SegmentReference(key=label):
                yield from self._label("segment", label)
            case s.EventRule(event=label):
                yield from self._label("event", label)
            case s.EventSequence(first=first, then=then):
                yield from self._label("event", first.event)
                yield from self._label("event", then.event)
            case _:
                return

    def _label(self, kind: str, label: s.Name) -> Iterator[_Place]:
        if kind == self.old.kind and label.text == self.old.name:
            yield label.span, label_text(self.name)

    # --- attributes -----------------------------------------------------------------------------------------

    def names_of_fields(self, node: s.Node, owner: ModelName) -> Iterator[_Place]:
        """The places that name an attribute; `owner` is whose names have no `company.` before them."""
        match node:
            case s.Conjunction(parts=parts) | s.Disjunction(parts=parts):
                for part in parts:
                    yield from self.names_of_fields(part, owner)
            case s.Negation(part=part):
                yield from self.names_of_fields(part, owner)
            case s.CompanyRule(rule=rule):
                yield from self.names_of_fields(rule, "company")
            case s.Test(field=field, clause=clause):
                of: ModelName = "company" if field.company else owner
                if self._is_meant(field.text, of):
                    yield field.span, field_text(s.Name(self.name, field.company))
                found = self.schema.field(of, field.text)
                if clause is not None and found is not None:
                    yield from self._other(clause, found.type, owner)
            case s.EventRule(clause=clause) if clause is not None:
                # Behind `where` stand the keys of the event; its day is compared with a date of the contact.
                yield from self._other(clause, DataType.DATE, owner)
            case _:
                return

    def _other(self, clause: s.Clause, type_: DataType, owner: ModelName) -> Iterator[_Place]:
        """The place of the other field of a test, whose own field has this type."""
        match clause:
            case s.Apart(other=other):
                if self._is_meant(other.text, "company" if other.company else owner):
                    yield other.span, other_text(s.Name(self.name, other.company))
            case s.Comparison(operand=s.Constant(kind="word" | "name") as operand):
                if not self._may_be_field(operand, type_):
                    return
                text, company = self._as_field(operand, owner)
                if self._is_meant(text, "company" if company else owner):
                    yield operand.span, operand_text(s.Constant(operand.kind, self.name, company=company))
            case _:
                return

    def _may_be_field(self, operand: s.Constant, type_: DataType) -> bool:
        if operand.kind == "name" or type_.is_number:
            return True
        return type_ is DataType.DATE and operand.text.casefold() not in _DAY_WORDS

    def _as_field(self, operand: s.Constant, owner: ModelName) -> tuple[str, bool]:
        """The name that an operand is, and whether `company.` stands before it, which may be a part of a word."""
        text = operand.text
        if operand.kind == "name" or not text.casefold().startswith(_OF_COMPANY):
            return text, operand.company
        if owner == "company" and self.schema.field("company", text) is not None:
            return text, False
        return text[len(_OF_COMPANY) :], True

    def _is_meant(self, name: str, owner: ModelName) -> bool:
        return name == self.old.name and owner == self.old.owner
