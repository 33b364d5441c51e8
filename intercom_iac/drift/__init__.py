"""What changed in the workspace behind the specs' back: findings, and the specs with the workspace's values.

`compare_workspace` gives the findings, `sift` leaves out what the project file ignores, `Report` has all that is to
be said, and `adoptions` are what the specs would take over of findings. Imports `changes` and what is below; reads no
files and calls no workspace.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .adoption import Adopted, Adoption, NotAdopted, adoptions
    from .comparison import Compared, compare_workspace
    from .copies import Copy
    from .finding import KINDS, Counts, FieldDrift, Finding, Kind, Moment, Unverified
    from .ignoring import IgnoredFinding, Sifted, check_ignored, sift
    from .report import FILES, Report, encode_report
    from .report_schema import drift_schema
    from .segments.evidence import SegmentEvidence, was_saved_again
    from .segments.hand_built import SegmentPair, pair_segments

__all__ = [
    "FILES",
    "KINDS",
    "Adopted",
    "Adoption",
    "Compared",
    "Copy",
    "Counts",
    "FieldDrift",
    "Finding",
    "IgnoredFinding",
    "Kind",
    "Moment",
    "NotAdopted",
    "Report",
    "SegmentEvidence",
    "SegmentPair",
    "Sifted",
    "Unverified",
    "adoptions",
    "check_ignored",
    "compare_workspace",
    "drift_schema",
    "encode_report",
    "pair_segments",
    "sift",
    "was_saved_again",
]

__getattr__ = lazy_names(
    __name__,
    {
        "adoption": ["Adopted", "Adoption", "NotAdopted", "adoptions"],
        "comparison": ["Compared", "compare_workspace"],
        "copies": ["Copy"],
        "finding": ["KINDS", "Counts", "FieldDrift", "Finding", "Kind", "Moment", "Unverified"],
        "ignoring": ["IgnoredFinding", "Sifted", "check_ignored", "sift"],
        "report": ["FILES", "Report", "encode_report"],
        "report_schema": ["drift_schema"],
        "segments.evidence": ["SegmentEvidence", "was_saved_again"],
        "segments.hand_built": ["SegmentPair", "pair_segments"],
    },
)
