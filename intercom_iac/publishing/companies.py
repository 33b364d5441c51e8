"""Companies that a rule selects, which are tagged themselves: no search finds companies, so all of them are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from intercom_iac.compilers import evaluator
from intercom_iac.model import Person
from intercom_iac.workspace import Records
from intercom_iac.writes import Write

from .candidates import Candidates
from .differences import WriteSink
from .membership import MembershipChange
from .publications import Publication
from .record_lists import listed_records

Json = Mapping[str, Any]


def difference_of_companies(
    publication: Publication, candidates: Candidates, records: Records, sink: WriteSink
) -> MembershipChange:
    """Reads all companies that have people; the others Intercom lists nowhere (API 2.16 description).

    Raises a `WorkspaceError` where they cannot be read.
    """
    # A rule of a single company, as the specs are held to: it says the same of a person who belongs to no other.
    holds = evaluator(publication.segment.typed_rule, today=candidates.today, zone=candidates.zone)
    companies = members = enter = leave = 0
    for page in records.companies():
        for company in page:
            companies += 1
            is_member = holds(Person({}, [company]))
            members += is_member
            if is_member == _carries(company, publication):
                continue
            enter += is_member
            leave += not is_member
            sink.write(_write(publication, company, sink.writes, member=is_member))
    return MembershipChange(
        key=publication.key,
        published_as=publication.published_as,
        name=publication.segment.name,
        target=publication.target,
        members=members,
        enter=enter,
        leave=leave,
        reach=companies if enter and enter == members and not leave else None,
    )


def _carries(company: Json, publication: Publication) -> bool:
    return any(str(tag.get("id")) == publication.tag_id for tag in listed_records(company, "tags"))


def _write(publication: Publication, company: Json, number: int, *, member: bool) -> Write:
    live_id, company_id = str(company["id"]), company.get("company_id")
    named = isinstance(company_id, str) and company_id != ""
    return Write(
        number=number,
        action="tag" if member else "untag",
        record="company",
        key_name="company_id" if named else "id",
        key=str(company_id) if named else live_id,
        live_id=live_id,
        body=publication.body(member),
    )
