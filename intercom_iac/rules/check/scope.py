"""What a bare name means: an attribute of the contact, of a company, or a key of an event's metadata."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from intercom_iac.diagnostics import Diagnostic, Fix, Related
from intercom_iac.diagnostics.codes import ref
from intercom_iac.model import Event, Field, ModelName, Schema
from intercom_iac.model.address import attribute_address, metadata_address
from intercom_iac.text import Span, nearest_name, suggestion

from ..corrections import as_company_field, rename_fix, without_company
from ..syntax import tree as s
from .values import names_text, shorten


class Scope(ABC):
    """Where a test stands. `where` completes "has no place ..."; `takes` says what has one there instead."""

    where: str
    takes: str

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
    def field(self, name: str) -> Field | None:
        return self.schema.field("contact", name)

    def unknown(self, name: s.Name) -> Diagnostic:
        if mistake := other_workspace_mistake(self.schema, attribute_address("contact", name.text), name):
            return mistake
        if self.schema.field("company", name.text) is not None:
            message = f"`{shorten(name.text)}` is a company attribute"
            subject = attribute_address("contact", name.text)
            hint = f"did you mean `company.{name.text}`?"
            return ref.OTHER_MODEL.at(
                name.span, message, hint=hint, subject=subject, fix=as_company_field(name)
            )
        if name.text in self.schema.events:
            return _undeclared_diagnostic("contact", name, f"for the event write `event {name.text}`")
        return _misspelt("contact", name, self.schema)


class CompanyScope(Scope):
    where = "inside `company( ... )`"
    takes = "it takes tests on a company's attributes and tags; move the rest out"

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
        return _misspelt("company", name, self.schema)


class EventScope(Scope):
    where = "behind `where`"
    takes = "it takes tests on the event's metadata; move the rest out"

    def __init__(self, schema: Schema, event: Event) -> None:
        super().__init__(schema)
        self.event = event

    def field(self, name: str) -> Field | None:
        return self.event.field(name)

    def unknown(self, name: s.Name) -> Diagnostic:
        keys = [key.name for key in self.event.metadata]
        message = f"event `{self.event.name}` has no metadata key `{shorten(name.text)}`"
        found = nearest_name(name.text, keys)
        hint = suggestion(name.text, found)
        if hint is None:
            hint = f"its keys are {names_text(keys)}" if keys else "it declares no metadata"
        subject = metadata_address(self.event.name, name.text)
        fix = rename_fix(name, found)
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


def _misspelt(model: ModelName, name: s.Name, schema: Schema) -> Diagnostic:
    found = nearest_name(name.text, schema.field_names(model))
    return _undeclared_diagnostic(model, name, suggestion(name.text, found), rename_fix(name, found))


def _undeclared_diagnostic(
    model: ModelName, name: s.Name, hint: str | None, fix: Fix | None = None
) -> Diagnostic:
    message = f"`{shorten(name.text)}` is not an attribute of a {model}"
    hint = hint or f"declare it under `attributes`, `{model}`"
    subject = attribute_address(model, name.text)
    return ref.UNKNOWN_FIELD.at(name.span, message, hint=hint, subject=subject, fix=fix)


def _declaration(span: Span, field: Field) -> Related:
    return Related(span, f"`{field.name}` is declared here as {field.type}")
