"""Typed rule -> the clicks on Intercom's screen."""
