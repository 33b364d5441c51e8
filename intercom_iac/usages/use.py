"""A place in code where an attribute, an event or one of its values is named."""

from __future__ import annotations

from typing import Literal

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.text import Span

UseKind = Literal["send", "read"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """`address` is what is used, `span` the name in the code; `kind` says whether the code sends it or reads it."""

    address: str
    span: Span
    kind: UseKind
