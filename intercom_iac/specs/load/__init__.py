"""Spec files -> Schema, a module a stage."""
