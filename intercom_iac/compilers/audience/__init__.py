"""Typed rule -> the filters of an audience.

`vocabulary` has the filters there are, `limitations` what they cannot express, `filters` the rule as a list of them;
`decompile` has the way back.
"""
