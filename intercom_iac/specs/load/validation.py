"""Documents -> entries: each validated against its shape, with what was left out for a mistake."""

from __future__ import annotations

from collections.abc import Iterable

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.yaml.nodes import Document, Path
from intercom_iac.yaml.validation import validate

from ..checks.names import check_names
from .entries import SpecFile
from .unresolved import Unresolved, entry_of, left_out, merge_unresolved


@dataclass(frozen=True, slots=True)
class ValidatedSpecs:
    """Documents and what they say. `unresolved` was left out for a mistake. `unclear` are the entries, by file, whose
    workspaces cannot be told."""

    specs: tuple[tuple[Document, SpecFile], ...]
    unresolved: Unresolved
    unclear: frozenset[tuple[str, Path]]


def validate_documents(documents: Iterable[Document]) -> tuple[ValidatedSpecs, list[Diagnostic]]:
    """What the documents say, and every mistake in their shape and their names."""
    specs: list[tuple[Document, SpecFile]] = []
    unresolved: list[Unresolved] = []
    unclear: set[tuple[str, Path]] = set()
    diagnostics: list[Diagnostic] = []
    for document in documents:
        spec, mistakes, left_out_paths = validate(document, SpecFile)
        diagnostics += [*mistakes, *check_names(document)]
        unresolved.append(left_out(document, left_out_paths))
        unclear |= {
            (document.file.path, entry_of(path))
            for path in left_out_paths
            if path and path[-1] in ("only", "except")
        }
        if spec is not None:
            specs.append((document, spec))
    return ValidatedSpecs(tuple(specs), merge_unresolved(unresolved), frozenset(unclear)), diagnostics
