"""Python that sends the data: a package over httpx, and the runtime module that it brings along."""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .files import python_files

__all__ = ["python_files"]

__getattr__ = lazy_names(__name__, {"files": ["python_files"]})
