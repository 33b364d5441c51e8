"""The command line: a file per command, each thin. Imports what a command needs when it runs."""

__all__ = ["ended_by", "let_go", "run"]


def run(arguments: list[str]) -> int:
    """Runs the program with these arguments and returns its exit code."""
    from .app import run as run_program

    return run_program(arguments)


def let_go() -> None:
    """Gives up what is still buffered for streams that take nothing."""
    from .console import let_go as give_up

    give_up()


def ended_by(error: OSError) -> int:
    """The exit code for what ended the program before it began, once that is told."""
    from .app import ended_by as end

    return end(error)
