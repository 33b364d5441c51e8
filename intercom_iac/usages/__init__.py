"""Where code sends or reads what the specs declare.

Source files become uses and findings; nothing is read from the disk here. Imports `model` and what is below.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .use import Use, UseKind

__all__ = ["Use", "UseKind"]

__getattr__ = lazy_names(__name__, {"use": ["Use", "UseKind"]})
