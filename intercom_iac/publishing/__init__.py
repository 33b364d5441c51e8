"""Members of published segments: who is to have the tag or the attribute, who has it, and the difference as writes.

Imports `tables`, `writes`, `workspace`, `compilers`, and what is below.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .candidates import Candidates
    from .codec import encode_publish, publish_schema
    from .companies import difference_of_companies
    from .dependent import dependent_segments
    from .differences import CountingSink, WriteSink, difference_by_rule
    from .guards import refuse_if_unsafe
    from .last_run import LastRun, publish_paths, read_last_run, remember_settled
    from .membership import MembershipChange, PublishedAs
    from .moments import MembershipDiff, MomentMembers
    from .publications import Publication, find_publications
    from .published_tags import read_published_tags, remember_published_tags
    from .report import PublishReport
    from .saved import ApprovedSink, PublishPlanHeader, SavedPublish, SavingSink, read_saved_publish
    from .source_members import SourceMembers, difference_from_source

__all__ = [
    "ApprovedSink",
    "Candidates",
    "CountingSink",
    "LastRun",
    "MembershipChange",
    "MembershipDiff",
    "MomentMembers",
    "Publication",
    "PublishPlanHeader",
    "PublishReport",
    "PublishedAs",
    "SavedPublish",
    "SavingSink",
    "SourceMembers",
    "WriteSink",
    "dependent_segments",
    "difference_by_rule",
    "difference_from_source",
    "difference_of_companies",
    "encode_publish",
    "find_publications",
    "publish_paths",
    "publish_schema",
    "read_last_run",
    "read_published_tags",
    "read_saved_publish",
    "refuse_if_unsafe",
    "remember_published_tags",
    "remember_settled",
]

__getattr__ = lazy_names(
    __name__,
    {
        "candidates": ["Candidates"],
        "codec": ["encode_publish", "publish_schema"],
        "companies": ["difference_of_companies"],
        "dependent": ["dependent_segments"],
        "differences": ["CountingSink", "WriteSink", "difference_by_rule"],
        "guards": ["refuse_if_unsafe"],
        "last_run": ["LastRun", "publish_paths", "read_last_run", "remember_settled"],
        "membership": ["MembershipChange", "PublishedAs"],
        "moments": ["MembershipDiff", "MomentMembers"],
        "publications": ["Publication", "find_publications"],
        "published_tags": ["read_published_tags", "remember_published_tags"],
        "report": ["PublishReport"],
        "source_members": ["SourceMembers", "difference_from_source"],
        "saved": ["ApprovedSink", "PublishPlanHeader", "SavedPublish", "SavingSink", "read_saved_publish"],
    },
)
