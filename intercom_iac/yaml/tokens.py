"""The tokens of a YAML file, each with the characters it stands on.

What stands between two tokens is white space and comments, whatever it looks like.
"""

from __future__ import annotations

from collections.abc import Iterator

from .builder import PARSER
from .line_ends import for_parser
from .pyyaml import yaml


def tokens_of(text: str) -> Iterator[yaml.Token]:
    """Every token of a text, in the order of the text. Raises `yaml.YAMLError` where it is not YAML."""
    loader = PARSER(for_parser(text)[0])
    try:
        while True:
            token = loader.get_token()
            yield token
            if isinstance(token, yaml.StreamEndToken):
                return
    finally:
        loader.dispose()
