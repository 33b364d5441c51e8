"""Generated worlds for the property tests: a schema, rules over it, people, a day and a time zone."""

from .effort import examples
from .people import people
from .rules import rules
from .schemas import OPTIONS, WORDS, fields_in, schemas
from .times import DAYS, Moment, moments
from .worlds import World, cases, worlds

__all__ = [
    "DAYS",
    "OPTIONS",
    "WORDS",
    "Moment",
    "World",
    "cases",
    "examples",
    "fields_in",
    "moments",
    "people",
    "rules",
    "schemas",
    "worlds",
]
