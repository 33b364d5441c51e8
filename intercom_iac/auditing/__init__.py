"""What a workspace has and what is wrong with it, from a survey and a sample: ranked findings, without specs."""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .candidates import Candidate, archive_candidates

__all__ = ["Candidate", "archive_candidates"]

__getattr__ = lazy_names(__name__, {"candidates": ["Candidate", "archive_candidates"]})
