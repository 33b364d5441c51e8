"""Terraform for the data model of an Intercom workspace.

Specs are YAML files; `ARCHITECTURE.md` shows the rooms and the way data takes through them.
"""

__version__ = "0.1.0"
