"""The options of `import`: what is taken, from where, and where it goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .options import WholeNumber, only_option

if TYPE_CHECKING:
    from intercom_iac.application import ImportRequest

F = TypeVar("F", bound=Callable[..., Any])

# As `adopting.sources` has them, which is not imported for `--help`; a test holds the two to each other.
SOURCE_FORMATS = (
    "segment",
    "segment-v1",
    "rudderstack",
    "amplitude",
    "avo",
    "snowplow",
    "mixpanel",
    "json-schema",
    "csv",
)


@dataclass(frozen=True, kw_only=True)
class ImportOptions:
    """What `import` was asked for. `files` are those of `--from`; none for a workspace."""

    only: tuple[str, ...]
    except_: tuple[str, ...]
    into: str | None
    update: bool
    sample: int
    files: tuple[Path, ...]
    source_format: Any
    prefix: str
    min_volume: int | None

    def request(self) -> ImportRequest:
        from intercom_iac.application import ImportRequest

        return ImportRequest(
            only=self.only,
            except_=self.except_,
            into=None if self.into is None else Path.cwd() / self.into,
            update=self.update,
        )


def import_options(command: F) -> F:
    """The options of `import`, given to the command as `asked: ImportOptions`. Raises `Misuse` for those of a file
    without `--from`, and for files that stand by themselves."""

    @wraps(command)
    def with_import(
        *,
        only: tuple[str, ...],
        except_: tuple[str, ...],
        into: str | None,
        update: bool,
        sample: int,
        source: tuple[str, ...],
        more: tuple[str, ...],
        from_format: str | None,
        prefix: str | None,
        min_volume: int | None,
        **options: Any,
    ) -> Any:
        from intercom_iac.diagnostics import Misuse

        if more and not source:
            raise Misuse("`import` takes no files by themselves", hint=f"`import --from {more[0]}` reads one")
        given = {"--from-format": from_format, "--prefix": prefix, "--min-volume": min_volume}
        for option, value in given.items():
            if value is not None and not source:
                raise Misuse(f"`{option}` is about files of other tools", hint="name them with --from")
        asked = ImportOptions(
            only=only,
            except_=except_,
            into=into,
            update=update,
            sample=sample,
            files=tuple(map(Path, (*source, *more))),
            source_format=from_format,
            prefix=prefix or "",
            min_volume=min_volume,
        )
        return command(asked=asked, **options)

    decorated: Any = with_import
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated


_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.argument("more", metavar="[FILE]...", nargs=-1),
    click.option(
        "--from",
        "source",
        metavar="FILE",
        multiple=True,
        help="A tracking plan of another tool, or a folder of them; repeatable, and more files may follow.",
    ),
    click.option(
        "--from-format",
        type=click.Choice(SOURCE_FORMATS),
        help="The format of these files, where it is not recognised.",
    ),
    only_option,
    click.option(
        "--except",
        "except_",
        metavar="PATTERN",
        multiple=True,
        help="Leave out addresses or names that match; repeatable.",
    ),
    click.option("--prefix", metavar="TEXT", help="Begins the names of what comes from files."),
    click.option(
        "--min-volume", metavar="N", type=WholeNumber(0), help="Leave out events of files seen less often."
    ),
    click.option(
        "--into",
        metavar="DIR",
        help="A folder of the specs for new entries (default: among their neighbours).",
    ),
    click.option("--update", is_flag=True, help="Take the source's values where the specs have others."),
    click.option(
        "--sample",
        metavar="N",
        type=WholeNumber(0, 100_000),
        default=1_000,
        show_default=True,
        help="How many contacts to look at for events, those seen last.",
    ),
)
