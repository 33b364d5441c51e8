"""The command line: a file per command, each thin. Imports what a command needs when it runs."""

__all__ = ["run"]


def run(arguments: list[str]) -> int:
    """Runs the program with these arguments and returns its exit code."""
    from .app import run as run_program

    return run_program(arguments)
