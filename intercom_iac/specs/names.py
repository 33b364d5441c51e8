"""What Intercom takes as the name of a custom attribute, of an event or of a metadata key."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from intercom_iac.diagnostics import Diagnostic, Span
from intercom_iac.diagnostics.codes import spec as codes
from intercom_iac.model import MODELS, STANDARD, ModelName
from intercom_iac.model.limits import allowed_in_attribute_names, allowed_in_metadata_keys

from .nodes import Document, Mapping, Path

# What to call a custom attribute whose natural name is taken by one of Intercom's.
_OTHER_NAMES: dict[tuple[ModelName, str], str] = {
    ("contact", "role"): "job_role",
    ("contact", "name"): "display_name",
    ("contact", "id"): "customer_id",
    ("contact", "created_at"): "signup_date",
    ("company", "name"): "legal_name",
    ("company", "plan"): "contract_plan",
    ("company", "size"): "size_band",
}
_MEANINGS: dict[tuple[ModelName, str], str] = {
    ("contact", "role"): "whether the contact is a lead or a user",
    ("company", "plan"): "the name of the plan the company is on",
    ("company", "size"): "the number of people who work there",
}


def check_names(document: Document) -> Iterator[Diagnostic]:
    """What is wrong with the names of a file's attributes and metadata keys, whatever else its entries hold."""
    for model in MODELS:
        for name in _keys(document, ("attributes", model)):
            span = document.key_span(("attributes", model, name))
            yield from _characters(span, f"the attribute `{name}`", name, allowed_in_attribute_names)
            yield from _standard(span, model, name)
    for event in _keys(document, ("events",)):
        yield from _ends(document.key_span(("events", event)), f"the event `{event}`", event)
        for key in _keys(document, ("events", event, "metadata")):
            span = document.key_span(("events", event, "metadata", key))
            yield from _characters(span, f"the metadata key `{key}`", key, allowed_in_metadata_keys)


def _keys(document: Document, path: Path) -> list[str]:
    node = document.node(path)
    return list(node.entries) if isinstance(node, Mapping) else []


def _characters(span: Span, what: str, name: str, allowed: Callable[[str], bool]) -> Iterator[Diagnostic]:
    bad = sorted({each for each in name if not allowed(each)})
    if bad:
        replaced = "".join("_" if each in bad else each for each in name)
        suggested = re.sub(r"[ _]*_[ _]*", "_", replaced).strip("_ ")
        yield codes.NAME_CHARACTERS.at(
            span,
            f"the name of {what} holds {', '.join(map(_shown, bad))}, which Intercom refuses",
            hint=f"call it `{suggested}`" if suggested else "use letters, digits, spaces, `_` and `-`",
        )
    else:
        yield from _ends(span, what, name)


def _ends(span: Span, what: str, name: str) -> Iterator[Diagnostic]:
    # A name of nothing but spaces is an empty one.
    if name.strip() and name != name.strip():
        yield codes.NAME_CHARACTERS.at(
            span, f"the name of {what} begins or ends with a space", hint="remove it"
        )


def _shown(character: str) -> str:
    if character == "`":
        return "a backtick"
    return f"`{character}`" if character.isprintable() else f"U+{ord(character):04X}"


def _standard(span: Span, model: ModelName, name: str) -> Iterator[Diagnostic]:
    """That Intercom folds case here is an assumption: its message for a contact's `name` calls it `'Name'`."""
    standard = STANDARD.get((model, name.casefold()))
    if standard is None:
        yield from _made_by_intercom(span, model, name)
        return
    meaning = _MEANINGS.get((model, standard.name), standard.label.lower())
    suggested = re.sub(r"[^a-z0-9]+", "_", standard.name)
    other = _OTHER_NAMES.get((model, standard.name), f"custom_{suggested}")
    own, it = "Intercom's own attribute", "it"
    if name != standard.name:
        own, it = f"but for case Intercom's own attribute `{standard.name}`", f"`{standard.name}`"
    yield codes.STANDARD_NAME.at(
        span,
        f"`{name}` is {own} of a {model}" + (f": {meaning}" if meaning != standard.name else ""),
        hint=f"rules may use {it} undeclared; where something else is meant, declare it under another name, "
        f"such as `{other}`",
    )


def _made_by_intercom(span: Span, model: ModelName, name: str) -> Iterator[Diagnostic]:
    """Custom attributes that Intercom makes itself share the one space of names with those that people make."""
    for other in MODELS:
        standard = STANDARD.get((other, name))
        if other != model and standard is not None and standard.is_custom:
            yield codes.STANDARD_NAME.at(
                span,
                f"`{name}` is Intercom's own custom attribute of a {other}, and a name stands once for contacts and "
                "companies",
                hint=f"rules may use `{other}.{name}` undeclared; call this one `{model}_{name}`",
            )
