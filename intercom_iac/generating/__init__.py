"""Code that sends what the specs declare, in other languages: their compilers find what the specs do not allow.

A `Schema` becomes files; nothing is read or written here. Imports `model` and what is below.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .generated_file import GeneratedFile

__all__ = ["GeneratedFile"]

__getattr__ = lazy_names(__name__, {"generated_file": ["GeneratedFile"]})
