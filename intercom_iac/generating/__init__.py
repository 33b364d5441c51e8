"""Code that sends what the specs declare, in other languages: their compilers find what the specs do not allow.

A `Schema` becomes files; nothing is read or written here. Imports `model` and what is below.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .dbt import dbt_files
    from .generated_file import GeneratedFile
    from .header import generated_language, header_lines
    from .options import LANGUAGES, Generated, GenerateOptions, Language
    from .python import python_files
    from .typescript import typescript_files, without_lines

__all__ = [
    "LANGUAGES",
    "GenerateOptions",
    "Generated",
    "GeneratedFile",
    "Language",
    "dbt_files",
    "generated_language",
    "header_lines",
    "python_files",
    "typescript_files",
    "without_lines",
]

__getattr__ = lazy_names(
    __name__,
    {
        "dbt": ["dbt_files"],
        "generated_file": ["GeneratedFile"],
        "header": ["generated_language", "header_lines"],
        "options": ["LANGUAGES", "GenerateOptions", "Generated", "Language"],
        "python": ["python_files"],
        "typescript": ["typescript_files", "without_lines"],
    },
)
