"""Names in spec files, judged by the table of what a name may be; and those that Intercom has taken itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from intercom_iac.diagnostics import Diagnostic, Span
from intercom_iac.diagnostics.codes import lint
from intercom_iac.diagnostics.codes import spec as codes
from intercom_iac.diagnostics.likeness import spelled
from intercom_iac.diagnostics.unseen import unseen, without_unseen
from intercom_iac.model import MODELS, STANDARD, ModelName
from intercom_iac.model.names import NameKind, corrected_name, name_mistakes

from .nodes import Document, Mapping, Path, Scalar, Sequence

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


# What most names are of, and nothing is wrong with.
_PLAIN = re.compile(r"[A-Za-z0-9_-]+")
# Whose other characters Intercom is known to refuse.
_REFUSED_BY_INTERCOM = frozenset({"attribute", "metadata key"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name and where it stands. `subject` begins a sentence about it, `nameless` one about a name that is empty."""

    kind: NameKind
    text: str
    span: Span
    subject: str
    nameless: str
    remedy: str = "give it a name"

    def diagnostics(self, written: str) -> Iterator[Diagnostic]:
        """What is wrong with it. `written` is how it stands in the file, where what is unseen is told as such."""
        text = without_unseen(self.text) if unseen(written) else self.text
        corrected = corrected_name(self.kind, self.text)
        mistakes = name_mistakes(self.kind, text)
        if mistakes == ["is empty"]:
            yield codes.BAD_VALUE.at(self.span, f"{self.nameless} is empty", hint=self.remedy)
            return
        for mistake in mistakes:
            refused = mistake.startswith("holds") and self.kind in _REFUSED_BY_INTERCOM
            yield codes.NAME_CHARACTERS.at(
                self.span,
                f"{self.subject} {mistake}" + (", which Intercom refuses" if refused else ""),
                hint=f"call it `{corrected}`" if corrected else "use letters, digits, spaces, `_` and `-`",
            )
        if not mistakes and not unicodedata.is_normalized("NFC", text):
            yield lint.NOT_COMPOSED.at(
                self.span,
                f"{self.subject} has letters whose accents are characters of their own: {spelled(text)}",
                hint=f"write {spelled(unicodedata.normalize('NFC', text))}, as keyboards do; in Intercom the two are "
                "different names that look the same",
            )


def check_names(document: Document) -> Iterator[Diagnostic]:
    """What is wrong with the names in a file, whatever else its entries hold."""
    for model in MODELS:
        for name in _keys(document, ("attributes", model)):
            path: Path = ("attributes", model, name)
            yield from key_diagnostics(document, path, "attribute")
            yield from _standard(document.key_span(path), model, name)
            yield from _options(document, path)
    for event in _keys(document, ("events",)):
        yield from key_diagnostics(document, ("events", event), "event")
        for key in _keys(document, ("events", event, "metadata")):
            yield from key_diagnostics(document, ("events", event, "metadata", key), "metadata key")
            yield from _options(document, ("events", event, "metadata", key))
    for segment in _keys(document, ("segments",)):
        yield from key_diagnostics(document, ("segments", segment), "segment")
        path = ("segments", segment, "name")
        yield from _value(
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


def _options(document: Document, path: Path) -> Iterator[Diagnostic]:
    node = document.node((*path, "options"))
    for index in range(len(node.items) if isinstance(node, Sequence) else 0):
        of = f"of `{path[-1]}`"
        yield from _value(document, (*path, "options", index), "option", of, f"an option {of}", "remove it")


def key_diagnostics(document: Document, path: Path, kind: NameKind) -> Iterator[Diagnostic]:
    """What is wrong with the name that is the key at the end of a path."""
    text = str(path[-1])
    if _PLAIN.fullmatch(text):
        return
    span = document.key_span(path)
    name = Name(kind, text, span, f"the name of the {kind} `{text}`", f"the name of the {kind}")
    yield from name.diagnostics(span.text)


def _value(
    document: Document, path: Path, kind: NameKind, of: str, nameless: str, remedy: str
) -> Iterator[Diagnostic]:
    """What is wrong with a name that is a text in the file, as an option is."""
    node = document.node(path)
    if not isinstance(node, Scalar) or not isinstance(node.data, str):
        return
    if _PLAIN.fullmatch(node.data):
        return
    what = "option" if kind == "option" else "name"
    subject = f"the {what} `{node.data}` {of}"
    name = Name(kind, node.data, document.span(path), subject, nameless, remedy)
    for each in name.diagnostics(document.file.text[node.start : node.end]):
        in_block = node.style in ("|", ">") and node.data.endswith("\n")
        because = (
            f", on the line before it: a text under `{node.style}` ends with a line break" if in_block else ""
        )
        yield replace(each, hint=f"{each.hint}{because}")


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
