"""What is said of a name, a value or a record that code sends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from intercom_iac.diagnostics import Code, Diagnostic, Related
from intercom_iac.diagnostics.codes import payloads as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Event
from intercom_iac.model.address import attribute_address, metadata_address
from intercom_iac.model.limits import MAX_METADATA_KEYS
from intercom_iac.model.payload import NameFault, PayloadField
from intercom_iac.text import Span, printable
from intercom_iac.text.lists import brief_list

from ..use import Use
from ..values import Constant, Value
from .value_faults import ValueFault


@dataclass(frozen=True, slots=True)
class NotKnown:
    """A name or a record that the code does not write out."""

    span: Span
    message: str


Finding = Use | Diagnostic | NotKnown


def name_finding(fault: NameFault, span: Span) -> Diagnostic:
    return _finding(
        fault.code, span, fault.message, hint=fault.hint, subject=fault.attribute, declared=fault.declared
    )


def value_finding(field: PayloadField, fault: ValueFault, subject: str | None = None) -> Diagnostic:
    if subject is None and field.owner != "event":
        subject = field_address(field)
    return _finding(
        fault.code,
        fault.span,
        fault.message,
        hint=fault.hint,
        subject=subject,
        declared=None if field.declared is None else field.declared.span,
    )


def _finding(
    code: Code, span: Span, message: str, *, hint: str | None, subject: str | None, declared: Span | None
) -> Diagnostic:
    related = () if declared is None else (Related(declared, "declared here"),)
    return code.at(span, message, hint=hint, related=related, subject=subject)


def computed_name(name: Value, kind: str) -> Iterator[NotKnown]:
    """A name that is no text in the code; one that is no text at all is no name either."""
    if isinstance(name, Constant):
        return
    article = "an" if kind[0] in "aeiou" else "a"
    yield NotKnown(name.span, f"the name of {article} {kind} is computed")


def missing_key(name: str, event: Event, span: Span) -> Diagnostic:
    message = f"the event `{printable(event.name)}` is sent without `{printable(name)}`, which is required"
    key = event.keys[name]
    return _finding(
        codes.MISSING,
        span,
        message,
        hint=None,
        subject=metadata_address(event.name, name),
        declared=key.span or event.span,
    )


def surplus_keys(event: Event, names: Mapping[str, Span]) -> Diagnostic:
    ignored = list(names)[MAX_METADATA_KEYS:]
    message = (
        f"the event `{printable(event.name)}` is sent with {len(names)} metadata keys; Intercom keeps the first "
        f"{MAX_METADATA_KEYS}"
    )
    shown = brief_list([printable(name) for name in ignored])
    return _finding(
        codes.TOO_MANY_KEYS,
        names[ignored[0]],
        message,
        hint=f"it ignores {shown}",
        subject=event.address,
        declared=event.span,
    )


def field_address(field: PayloadField) -> str:
    return attribute_address("company" if field.owner == "company" else "contact", field.name)
