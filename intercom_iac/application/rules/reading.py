"""One rule against the specs: as a person typed it, or as a JSON document."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from intercom_iac.diagnostics import Diagnostic, InvalidSpecs, Misuse
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.rules import compile_rule
from intercom_iac.text import Excerpt, SourceFile

from ..files import read_bytes
from ..session import Session

if TYPE_CHECKING:
    from intercom_iac.model import Predicate

MOST_BYTES = 16 * 1024 * 1024
"""Of a JSON document: some 10,000 tests, the most a rule may have, are a fraction of it."""


@dataclass(frozen=True, slots=True)
class TypedRule:
    """A rule whose names are resolved, and the warnings about it."""

    predicate: Predicate
    warnings: tuple[Diagnostic, ...]


def read_rule(session: Session, text: str, name: str = "<rule>") -> TypedRule:
    """The typed rule; `name` is what stands for its file in messages.

    Raises `InvalidSpecs` with every mistake in it, or in the specs.
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise Misuse("the rule is no UTF-8 text") from error
    return _typed(*compile_rule(Excerpt.from_text(text, name), session.schema()))


def read_rule_document(session: Session, content: bytes, name: str) -> TypedRule:
    """The rule of a JSON document, the typed tree that `compile_rule` gives; `name` is the document's in messages.

    Raises `InvalidSpecs` as `read_rule` does, and `Misuse` for what is not UTF-8 text or far too long.
    """
    from intercom_iac.rules import read_rule_document

    if len(content) > MOST_BYTES:
        raise Misuse(f"`{name}` is larger than {MOST_BYTES >> 20} MiB", hint="no rule is as large")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Misuse(f"`{name}` is not UTF-8 text") from error
    return _typed(*read_rule_document(SourceFile(name, text), session.schema()))


def read_rule_file(session: Session, path: Path) -> TypedRule:
    """The same for the document in a file. Raises `Misuse` also where there is none to read."""
    return read_rule_document(session, read_bytes(path), str(path))


def _typed(predicate: Predicate | None, diagnostics: Sequence[Diagnostic]) -> TypedRule:
    if predicate is None:
        raise InvalidSpecs(diagnostics)
    return TypedRule(predicate, tuple(diagnostic for diagnostic in diagnostics if not diagnostic.is_error))


def rule_excerpt(text: str) -> Excerpt:
    """A rule of the command line as the text that diagnostics point into."""
    return Excerpt.from_text(text, "<rule>")
