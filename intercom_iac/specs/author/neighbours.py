"""The file in which a new entry stands among its neighbours."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Mapping

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Schema
from intercom_iac.model.address import Address


@dataclass(frozen=True, slots=True)
class Neighbours:
    """How many entries of a subject, and of a subject and a prefix, each file has."""

    by_subject: Mapping[str, Counter[str]]
    by_prefix: Mapping[tuple[str, str], Counter[str]]

    def file_for(self, address: str, folder: str, fits: Callable[[str], bool] | None = None) -> str:
        """The file with most entries of the address' subject and prefix, or else of its subject alone.

        One that does not fit is passed over. Where none is left, it is the file of the subject in `folder`.
        """
        subject, prefix = _subject_and_prefix(address)
        counts = self.by_subject.get(subject, Counter())
        near = self.by_prefix.get((subject, prefix), Counter())
        fitting = [path for path in counts if fits is None or fits(path)]
        path = min(fitting, key=lambda path: (-near[path], -counts[path], path), default=None)
        return path or posixpath.join(folder, f"{subject}.yaml")


def neighbours_in(files: Mapping[str, str]) -> Neighbours:
    """The neighbours among entries that stand in `files`, which maps the address of an entry to its file."""
    by_subject: dict[str, Counter[str]] = {}
    by_prefix: dict[tuple[str, str], Counter[str]] = {}
    for address, path in files.items():
        subject, prefix = _subject_and_prefix(address)
        by_subject.setdefault(subject, Counter())[path] += 1
        by_prefix.setdefault((subject, prefix), Counter())[path] += 1
    return Neighbours(by_subject, by_prefix)


def files_of_entries(schema: Schema) -> dict[str, str]:
    """The file of each entry of the schema, by its address."""
    entries = (*schema.attributes.values(), *schema.events.values(), *schema.segments.values())
    return {entry.address: entry.span.file.path for entry in entries if entry.span is not None}


def _subject_and_prefix(text: str) -> tuple[str, str]:
    """What the file of an address is about, as the files of a first import are called; and what stands before the
    first separator of the name, or before the first capital inside it."""
    address = Address.parse(text)
    assert address is not None
    subject = f"{address.kind}s" if address.owner is None else f"{address.kind}s.{address.owner}"
    prefix = re.split(r"[\W_]|(?<=[a-z0-9])(?=[A-Z])", address.name, maxsplit=1)[0]
    return subject, prefix.casefold()
