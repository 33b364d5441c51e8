"""Members of published segments: who is to have the tag or the attribute, who has it, and the difference as writes.

Imports `tables`, `writes`, `workspace`, `compilers`, and what is below.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .membership import MembershipChange, PublishedAs

__all__ = ["MembershipChange", "PublishedAs"]

__getattr__ = lazy_names(__name__, {"membership": ["MembershipChange", "PublishedAs"]})
