"""Workflows run as they are written: their shell steps in order, with a forge that answers on loopback.

Only what the workflows of examples/ci use is known; anything else fails, so that no test passes by leaving it out.
"""

from .forge import Forge
from .github import Event, GitHub, Run
from .gitlab import GitLab
from .origin import Origin

__all__ = ["Event", "Forge", "GitHub", "GitLab", "Origin", "Run"]
