"""BACK7xx: what differs between two revisions of the specs, a file per subject.

Errors break something, warnings are risky, remarks are safe.
"""
