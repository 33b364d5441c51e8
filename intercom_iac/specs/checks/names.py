"""Names in spec files, checked against the rules for names, and against the attributes that Intercom has itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import spec as codes
from intercom_iac.model import MODELS, STANDARD, ModelName
from intercom_iac.model.names import NameKind
from intercom_iac.project.names import PLAIN, Name, key_diagnostics
from intercom_iac.text import Span
from intercom_iac.yaml.nodes import Document, Mapping, Path, Scalar, Sequence

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
    """What is wrong with the names in a file, whatever else its entries hold."""
    for model in MODELS:
        for name in _keys(document, ("attributes", model)):
            path: Path = ("attributes", model, name)
            yield from key_diagnostics(document, path, "attribute")
            yield from check_standard_name(document.key_span(path), model, name)
            yield from _check_options(document, path)
    for event in _keys(document, ("events",)):
        yield from key_diagnostics(document, ("events", event), "event")
        for key in _keys(document, ("events", event, "metadata")):
            yield from key_diagnostics(document, ("events", event, "metadata", key), "metadata key")
            yield from _check_options(document, ("events", event, "metadata", key))
    for assertion in _keys(document, ("assertions",)):
        yield from key_diagnostics(document, ("assertions", assertion), "assertion")
    for segment in _keys(document, ("segments",)):
        yield from key_diagnostics(document, ("segments", segment), "segment")
        path = ("segments", segment, "name")
        yield from _check_value(
            document,
            path,
            "segment",
            f"of the segment `{segment}`",
            "the segment's name",
            "give it a name, or remove the key",
        )


def _keys(document: Document, path: Path) -> list[str]:
    node = document.node(path)
    return list(node.entries) if isinstance(node, Mapping) else []


def _check_options(document: Document, path: Path) -> Iterator[Diagnostic]:
    node = document.node((*path, "options"))
    for index in range(len(node.items) if isinstance(node, Sequence) else 0):
        of = f"of `{path[-1]}`"
        yield from _check_value(
            document, (*path, "options", index), "option", of, f"an option {of}", "remove it"
        )


def _check_value(
    document: Document, path: Path, kind: NameKind, of: str, nameless: str, remedy: str
) -> Iterator[Diagnostic]:
    """What is wrong with a name that is a text in the file, as an option is."""
    node = document.node(path)
    if not isinstance(node, Scalar) or not isinstance(node.data, str):
        return
    if PLAIN.fullmatch(node.data):
        return
    what = "option" if kind == "option" else "name"
    subject = f"the {what} `{node.data}` {of}"
    name = Name(kind, node.data, document.span(path), subject, nameless, remedy)
    for diagnostic in name.diagnostics(document.file.text[node.start : node.end]):
        in_block = node.style in ("|", ">") and node.data.endswith("\n")
        because = (
            f", on the line before it: a text under `{node.style}` ends with a line break" if in_block else ""
        )
        yield replace(diagnostic, hint=f"{diagnostic.hint}{because}")


def check_standard_name(span: Span | None, model: ModelName, name: str) -> Iterator[Diagnostic]:
    """What is said of a custom attribute that has the name of one of Intercom's own.

    That Intercom folds case here is an assumption: its message for a contact's `name` calls it `'Name'`."""
    standard = STANDARD.get((model, name.casefold()))
    if standard is None:
        yield from _check_intercom_name(span, model, name)
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


def _check_intercom_name(span: Span | None, model: ModelName, name: str) -> Iterator[Diagnostic]:
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
