"""Segments of the specs against what they are in Intercom: audiences, tags, and segments that a person builds.

Each is found by its name there, else by `renamed_from`. It stands for one segment alone; an archived one has what
others leave. Intercom returns the rule of no segment: that one was edited is seen by when it was saved, and by how
many people it has.
"""
