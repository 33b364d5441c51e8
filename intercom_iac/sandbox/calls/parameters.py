"""Reading single parameters."""

from collections.abc import Mapping

from ..wire.errors import invalid_parameter


def clamp_integer(value: object, name: str, *, largest: int) -> int:
    """An integer of a query or body, clamped to 1 to `largest`. Raises `ApiError` 400 where it is no integer."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise invalid_parameter(f"{name} must be an integer")
    try:
        number = int(value)
    except ValueError:
        raise invalid_parameter(f"{name} must be an integer") from None
    return min(max(number, 1), largest)


def read_flag(query: Mapping[str, str], name: str) -> bool:
    """A boolean of the query, sent as `true` or `false` by the official clients; false where it is missing."""
    return query.get(name, "false").lower() == "true"
