"""The command line: a file a command in `commands`; beside it what they share. Each imports what it needs when it
runs."""

__all__ = ["drop_unwritable_output", "report_end", "run"]


def run(arguments: list[str]) -> int:
    """Runs the program with these arguments and returns its exit code."""
    from .app import run as run_program

    return run_program(arguments)


def drop_unwritable_output() -> None:
    """Gives up what is still buffered for streams that take nothing."""
    from .console import drop_unwritable_output as drop

    drop()


def report_end(error: OSError) -> int:
    """Prints what ended the program before it began, and gives its exit code."""
    from .app import report_end as report

    return report(error)
