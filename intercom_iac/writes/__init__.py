"""Calls about single contacts, companies and events: kept on the disk before they are made, made once, in order.

`syncing` and `publishing` say which; this room makes them, over `workspace` and `journal`, and says what became of
each. It knows no table and no segment.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .write import Write, WriteAction, WrittenRecord

__all__ = ["Write", "WriteAction", "WrittenRecord"]

__getattr__ = lazy_names(__name__, {"write": ["Write", "WriteAction", "WrittenRecord"]})
