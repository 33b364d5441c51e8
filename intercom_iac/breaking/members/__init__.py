"""Who belongs to a segment, by its rule of the old and of the new specs: how the two stand to each other, proved, and
who enters and who leaves.

`comparison` asks it of each segment whose rule may select other people; `common_fields` has both rules read one set
of fields; `added_options` finds who comes with a new option; `no_new_members` holds the result to the policy,
`limits` the people who were counted to the safety settings.
"""

from .comparison import compare_members
from .limits import limit_finding, limit_findings
from .member_change import MemberChange, MemberCount, MemberCounts, MemberRelation
from .no_new_members import new_member_changes

__all__ = [
    "MemberChange",
    "MemberCount",
    "MemberCounts",
    "MemberRelation",
    "compare_members",
    "limit_finding",
    "limit_findings",
    "new_member_changes",
]
