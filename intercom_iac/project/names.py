"""Names in YAML files, checked against the rules for names in `model.names`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import lint
from intercom_iac.diagnostics.codes import spec as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.model.names import NameKind, corrected_name, name_mistakes
from intercom_iac.text import Span
from intercom_iac.text.likeness import ascii_text
from intercom_iac.text.unseen import unseen, without_unseen
from intercom_iac.yaml.nodes import Document, Path

# What most names are of, and nothing is wrong with.
PLAIN = lazy_pattern(r"[A-Za-z0-9_-]+")
# Whose other characters Intercom is known to refuse.
_REFUSED_BY_INTERCOM = frozenset({"attribute", "metadata key"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name and where it stands. `subject` is how a message refers to it, `nameless` how where it is empty."""

    kind: NameKind
    text: str
    span: Span
    subject: str
    nameless: str
    remedy: str = "give it a name"

    def diagnostics(self, written: str) -> Iterator[Diagnostic]:
        """What is wrong with the name. `written` is its text in the file: invisible characters that stand there as
        themselves are reported by `yaml.unseen`."""
        text = without_unseen(self.text) if unseen(written) else self.text
        mistakes = name_mistakes(self.kind, text)
        if mistakes == ["is empty"]:
            yield codes.BAD_VALUE.at(self.span, f"{self.nameless} is empty", hint=self.remedy)
            return
        corrected = corrected_name(self.kind, self.text) if mistakes else ""
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
                f"{self.subject} has letters whose accents are characters of their own: {ascii_text(text)}",
                hint=f"write {ascii_text(unicodedata.normalize('NFC', text))}, as keyboards do; in Intercom the two "
                "are different names that look the same",
            )


def key_diagnostics(document: Document, path: Path, kind: NameKind) -> Iterator[Diagnostic]:
    """What is wrong with the name that is the key at the end of a path."""
    text = str(path[-1])
    if PLAIN.fullmatch(text):
        return
    span = document.key_span(path)
    name = Name(kind, text, span, f"the name of the {kind} `{text}`", f"the name of the {kind}")
    yield from name.diagnostics(span.text)
