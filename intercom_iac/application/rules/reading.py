"""One rule that a person typed, against the specs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from intercom_iac.diagnostics import Diagnostic, InvalidSpecs, Misuse
from intercom_iac.rules import compile_rule
from intercom_iac.text import Excerpt

from ..session import Session

if TYPE_CHECKING:
    from intercom_iac.model import Predicate


@dataclass(frozen=True, slots=True)
class TypedRule:
    """A rule whose names are resolved, and the warnings about it."""

    predicate: Predicate
    warnings: tuple[Diagnostic, ...]


def read_rule(session: Session, text: str) -> TypedRule:
    """The typed rule. Raises `InvalidSpecs` with every mistake in it, or in the specs."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise Misuse("the rule is no UTF-8 text") from error
    predicate, diagnostics = compile_rule(rule_excerpt(text), session.schema())
    if predicate is None:
        raise InvalidSpecs(diagnostics)
    return TypedRule(predicate, tuple(diagnostic for diagnostic in diagnostics if not diagnostic.is_error))


def rule_excerpt(text: str) -> Excerpt:
    """A rule of the command line as the text that diagnostics point into."""
    return Excerpt.from_text(text, "<rule>")
