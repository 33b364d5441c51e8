"""What in a file says that a name is a client of Intercom's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern

from ...code_file import CodeFile
from .chain import Chain
from .names import wire_name

# Words of an import that are no name of a client: its own, and those of a package's path.
_NO_NAMES = frozenset(
    [
        "from",
        "import",
        "as",
        "use",
        "static",
        "require",
        "com",
        "io",
        "api",
        "resources",
        "requests",
        "types",
        "core",
        "models",
        "android",
        "sdk",
        "services",
        "contacts",
        "companies",
        "events",
        "users",
        "leads",
        "contact",
        "company",
        "event",
        "user",
        "lead",
        "data_attributes",
    ]
)
# What is longer is no client that is made or passed on.
_SHORT = 80
_NAME = lazy_pattern(r"[^\W\d]\w*")


@dataclass(frozen=True, slots=True)
class Evidence:
    """`names` are those, as the wire would have them, that are imported from Intercom's packages or are assigned what
    has Intercom's name in it."""

    about_intercom: bool
    names: frozenset[str]

    def is_client(self, chain: Chain) -> bool:
        """Whether a chain begins at a client of Intercom's, as far as its names tell."""
        return any("intercom" in link.name or link.name in self.names for link in chain)


def find_evidence(
    file: CodeFile, *, imported: Iterable[str], assigned: Sequence[tuple[str, str]]
) -> Evidence:
    """What a file says of whose its names are: `assigned` are names, each with the text that is assigned to it."""
    if not file.names_intercom:
        return Evidence(about_intercom=False, names=frozenset())
    names = {
        wire_name(word)
        for statement in imported
        if "intercom" in statement.lower()
        for word in _NAME.findall(statement)
    } - _NO_NAMES
    for name, text in assigned:
        words = {wire_name(word) for word in _NAME.findall(text[:_SHORT])}
        if "intercom" in text.lower() or not words.isdisjoint(names):
            names.add(name)
    return Evidence(about_intercom=True, names=frozenset(names))
