"""What a bare name means: an attribute of the contact, of a company, or a key of an event's metadata."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from intercom_iac.diagnostics import Diagnostic, Fix, Related
from intercom_iac.diagnostics.codes import ref
from intercom_iac.model import Event, Field, ModelName, Schema
from intercom_iac.model.address import attribute_address, metadata_address
from intercom_iac.text import Span, suggestion

from ..corrections import as_company_field, replacement_fix, without_company
from ..print.text import field_text, text_of
from ..syntax import tree as s
from .names import FoundField, Place, find_field, find_metadata, known_events, label_of
from .values import names_text, shorten


class Scope(ABC):
    """Where a test stands. `where` completes "has no place ..."; `takes` says what has one there instead."""

    where: str
    takes: str
    place: Place

    def __init__(self, schema: Schema) -> None:
        self.schema = schema

    @abstractmethod
    def field(self, name: str) -> Field | None:
        """The field of this name; None where there is none."""

    @abstractmethod
    def unknown(self, name: s.Name) -> Diagnostic:
        """What is said of a name that there is not."""

    def declaration(self, field: Field) -> tuple[Related, ...]:
        """Where the specs declare the field; nothing for one of Intercom's own."""
        if not field.custom or field.owner == "event":
            return ()
        declared = self.schema.attributes.get((field.owner, field.name))
        if declared is None or declared.span is None:
            return ()
        return (_declaration(declared.span, field),)


class ContactScope(Scope):
    place = "contact"

    def field(self, name: str) -> Field | None:
        return self.schema.field("contact", name)

    def unknown(self, name: s.Name) -> Diagnostic:
        if mistake := other_workspace_mistake(self.schema, attribute_address("contact", name.text), name):
            return mistake
        if self.schema.field("company", name.text) is not None:
            message = f"`{shorten(name.text)}` is a company attribute"
            subject = attribute_address("contact", name.text)
            hint = f"did you mean `company.{name.text}`? a contact has no attribute of that name"
            return ref.OTHER_MODEL.at(
                name.span, message, hint=hint, subject=subject, fix=as_company_field(name)
            )
        found = find_field(name.text, "contact", self.schema)
        if not any(field.certain for field in found) and (event := self._event_called(name)) is not None:
            return event
        if not found and (key := self._metadata_called(name)) is not None:
            return key
        return _misspelt("contact", name, found)

    def _event_called(self, name: s.Name) -> Diagnostic | None:
        """What is said of the name of an event; None where it is that of none."""
        found, certain = known_events(self.schema).find(name.text)
        if found is None or not certain:
            return None
        right = text_of(s.EventRule(s.Name(found)))
        fix = replacement_fix(name.span, right, safe=False)
        return _undeclared_diagnostic("contact", name, f"for the event write `{right}`", fix)

    def _metadata_called(self, name: s.Name) -> Diagnostic | None:
        """What is said of the name of a metadata key; None where no event has one of that name."""
        found = find_metadata(name.text, self.schema)
        if found is None:
            return None
        event, key = found
        right = text_of(s.EventRule(s.Name(event.name)))
        hint = f"it is metadata of `{event.name}`: write `{right} where {key.name.text} ...`"
        return _undeclared_diagnostic("contact", name, hint)


class CompanyScope(Scope):
    where = "inside `company( ... )`"
    takes = "it takes tests on a company's attributes and tags; move the rest out"
    place = "company"

    def field(self, name: str) -> Field | None:
        return self.schema.field("company", name)

    def unknown(self, name: s.Name) -> Diagnostic:
        if mistake := other_workspace_mistake(self.schema, attribute_address("company", name.text), name):
            return mistake
        if self.schema.field("contact", name.text) is not None:
            message = f"`{shorten(name.text)}` is a contact attribute, not one of the company"
            hint = f"write `{name.text}`" if name.company else "move the test out of `company( ... )`"
            subject = attribute_address("company", name.text)
            fix = without_company(name, safe=False) if name.company else None
            return ref.OTHER_MODEL.at(name.span, message, hint=hint, subject=subject, fix=fix)
        # `company.f` stands in a rule about the contact, which may name what is the contact's instead.
        written, place = (f"company.{name.text}", "contact") if name.company else (name.text, "company")
        return _misspelt("company", name, find_field(written, place, self.schema))


class EventScope(Scope):
    where = "behind `where`"
    takes = "it takes tests on the event's metadata; move the rest out"

    def __init__(self, schema: Schema, event: Event) -> None:
        super().__init__(schema)
        self.event = event
        self.place = event

    def field(self, name: str) -> Field | None:
        return self.event.field(name)

    def unknown(self, name: s.Name) -> Diagnostic:
        keys = [key.name for key in self.event.metadata]
        message = f"event `{self.event.name}` has no metadata key `{shorten(name.text)}`"
        found = find_field(name.text, self.event, self.schema)
        hint, fix = _suggestion(name, found)
        if hint is None:
            hint = f"its keys are {names_text(keys)}" if keys else "it declares no metadata"
        subject = metadata_address(self.event.name, name.text)
        return ref.UNKNOWN_KEY.at(
            name.span, message, hint=hint, related=self._event_declaration(), subject=subject, fix=fix
        )

    def declaration(self, field: Field) -> tuple[Related, ...]:
        key = self.event.keys.get(field.name)
        return () if key is None or key.span is None else (_declaration(key.span, field),)

    def _event_declaration(self) -> tuple[Related, ...]:
        if self.event.span is None:
            return ()
        return (Related(self.event.span, f"`{self.event.name}` is declared here"),)


def other_workspace_mistake(schema: Schema, address: str, name: s.Name) -> Diagnostic | None:
    """What is said of a name that the specs declare for other workspaces only; None where they do not."""
    found = schema.other_workspaces.get(address)
    if found is None:
        return None
    reach = (
        f"not for {_name_list(found.without)}"
        if found.without
        else f"only for {_name_list(found.workspaces)}"
    )
    # What reads it may have an `except`, and can have one of both.
    keys = f"`only: [{', '.join(found.workspaces)}]` and no `except`"
    hint = f"leave it out, declare it for this one too, or give what reads it {keys}"
    related = () if found.span is None else (Related(found.span, f"`{name.text}` is declared here"),)
    message = f"`{shorten(name.text)}` is {reach}"
    return ref.ELSEWHERE.at(name.span, message, hint=hint, related=related, subject=address)


def _name_list(names: Sequence[str]) -> str:
    quoted = [f"`{name}`" for name in names]
    return " and ".join([*([", ".join(quoted[:-1])] if quoted[1:] else []), quoted[-1]])


def _misspelt(model: ModelName, name: s.Name, found: Sequence[FoundField]) -> Diagnostic:
    return _undeclared_diagnostic(model, name, *_suggestion(name, found))


def _suggestion(name: s.Name, found: Sequence[FoundField]) -> tuple[str | None, Fix | None]:
    """The fields that a name may stand for, in a hint, and the likeliest as a fix."""
    if not found:
        return None, None
    first = found[0]
    right = first.path
    hint = suggestion(name.text, right)
    if len(found) > 1:
        hint = f"did you mean {' or '.join(f'`{other.path}`' for other in found)}?"
    elif first.likeness == "label":
        hint = f"did you mean `{right}`? Intercom's screen calls it `{label_of(first.field)}`"
    elif first.name.company and not name.company:
        hint = f"did you mean `{right}`? a contact has no attribute of that name"
    return hint, replacement_fix(name.span, field_text(first.name), safe=first.certain)


def _undeclared_diagnostic(
    model: ModelName, name: s.Name, hint: str | None, fix: Fix | None = None
) -> Diagnostic:
    message = f"`{shorten(name.text)}` is not an attribute of a {model}"
    hint = hint or f"declare it under `attributes`, `{model}`"
    subject = attribute_address(model, name.text)
    return ref.UNKNOWN_FIELD.at(name.span, message, hint=hint, subject=subject, fix=fix)


def _declaration(span: Span, field: Field) -> Related:
    return Related(span, f"`{field.name}` is declared here as {field.type}")
