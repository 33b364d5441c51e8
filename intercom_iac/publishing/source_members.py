"""Members that are the rows of a source: compared with who has the tag or the attribute, by their key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.workspace import Records

from .candidates import Candidates
from .differences import WriteSink, add_write
from .last_run import LastRun
from .membership import MembershipChange
from .publications import Publication

Json = Mapping[str, Any]

_AT_ONCE = 1_500
"""Keys that are looked up together: ten searches, as many as may be under way at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceMembers:
    """The keys of the members, as a source has them; `rejected` of its rows have none that works."""

    source: str
    key_name: str
    keys: tuple[str, ...]
    rejected: int = 0


def difference_from_source(
    publication: Publication,
    members: SourceMembers,
    candidates: Candidates,
    records: Records,
    sink: WriteSink,
    last: LastRun,
) -> MembershipChange:
    """Reads everybody who has it, and of the members those who have it not.

    Where rows were rejected nobody leaves: one of them may be a member's. A key that several contacts have is
    nobody's, and whoever has it already keeps it. Raises a `WorkspaceError` where the workspace cannot be read.
    """
    wanted = {_fold_key(members.key_name, key): key for key in members.keys}
    carried: set[str] = set()
    carriers = entering = leaving = enter = leave = kept = not_found = ambiguous = 0
    for contact in candidates.select(publication.carried):
        carriers += 1
        key = _key_of(contact, members.key_name)
        if key in wanted:
            carried.add(key)
        elif members.rejected:
            kept += 1
        else:
            leaving += 1
            leave += add_write(publication, contact, sink, last, member=False)
    missing = [key for folded, key in wanted.items() if folded not in carried]
    for keys in _batches(missing, _AT_ONCE):
        found: defaultdict[str, list[Json]] = defaultdict(list)
        for contact in records.contacts_with(members.key_name, keys):
            found[_key_of(contact, members.key_name)].append(contact)
        for key in keys:
            contacts = found.get(_fold_key(members.key_name, key), [])
            not_found += not contacts
            ambiguous += len(contacts) > 1
            if len(contacts) == 1:
                entering += 1
                enter += add_write(publication, contacts[0], sink, last, member=True)
    return MembershipChange(
        key=publication.key,
        published_as=publication.published_as,
        name=publication.segment.name,
        target=publication.target,
        members=carriers + entering - leaving - kept,
        enter=enter,
        leave=leave,
        source=members.source,
        not_found=not_found,
        ambiguous=ambiguous,
        rejected=members.rejected,
        kept=kept,
        reach=candidates.count_all() if enter and not carriers else None,
    )


def _key_of(contact: Json, key_name: str) -> str:
    value: Any = contact.get(key_name)
    return _fold_key(key_name, value) if isinstance(value, str) else ""


def _fold_key(key_name: str, key: str) -> str:
    """Intercom knows addresses in any case."""
    return key.strip().casefold() if key_name == "email" else key


def _batches(keys: Iterable[str], size: int) -> Iterator[Sequence[str]]:
    rest = iter(keys)
    while batch := list(islice(rest, size)):
        yield batch
