"""What a project asks of its specs beyond what Intercom does: names, owners, lengths, labels and where they may flow.

Within `specs`. `settings` is the shape of it in the project file and `mistakes` what can be wrong there; `checking`
asks it of every entry, `flows` of what segments depend on. `silences` takes away what a comment says to, then
`levels` says how grave the rest is. Nothing here imports the project file's shape, which is made of this one.
"""

from intercom_iac.project.policy.labels import labels_of, standard_labels
from intercom_iac.project.policy.levels import with_levels
from intercom_iac.project.policy.mistakes import check_policy_settings

from .checking import check_entries
from .flows import check_flows
from .silences import silence_targets, without_silenced

__all__ = [
    "check_entries",
    "check_flows",
    "check_policy_settings",
    "labels_of",
    "silence_targets",
    "standard_labels",
    "with_levels",
    "without_silenced",
]
