"""The way in, for the `intercom-iac` script and for `python -m intercom_iac`."""

import sys


def main() -> None:
    """Runs the program; wherever Ctrl-C meets it, it ends with a word and no traceback."""
    try:
        _main()
    except KeyboardInterrupt:
        # While modules were imported, or for the second time while the first was being told.
        _ignore_interrupts()
        _print_interrupted()
        sys.exit(1)


def _main() -> None:
    """Answers `--version` and `--help` before anything heavy is imported; the rest is the command line's."""
    from intercom_iac.cli.standard_streams import ensure_utf_8, reserve_descriptors

    reserve_descriptors()
    ensure_utf_8()
    match sys.argv[1:]:
        case ["--version" | "-V"]:
            from intercom_iac import __version__

            _print(f"intercom-iac {__version__}")
        case ["--help" | "-h"]:
            from intercom_iac.cli.program_help import help_text

            _print(help_text())
        case arguments:
            import gc

            from intercom_iac.cli import run

            # A command lives for seconds and makes many objects that stay: looking for dead ones among them, which
            # counts of references do not free, takes longer than a large project. So it is done seldom.
            gc.set_threshold(1_000_000, 20, 20)
            # httpx would import a command line of its own: with it rich and pygments, seventy modules, where these
            # are installed. What is None here cannot be imported, and httpx does without it.
            vars(sys)["modules"]["httpx._main"] = None
            code = run(arguments)
            _ignore_interrupts()
            _end(code)


def _end(code: int) -> None:
    """Ends the process as the interpreter would, but for taking every object apart: a fifth of a short command."""
    import atexit
    import os

    # Threads are waited for, and who traces the program reports when it has ended.
    threading = sys.modules.get("threading")
    alone = threading is None or threading.active_count() == 1
    if not alone or sys.gettrace() is not None or sys.getprofile() is not None:
        sys.exit(code)
    run_exit_functions = vars(atexit)["_run_exitfuncs"]  # there is no public name for it
    run_exit_functions()
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):  # None where it is closed
            stream.flush()
    except (OSError, ValueError):
        sys.exit(code)  # which says what cannot be written
    os._exit(code)


def _print(text: str) -> None:
    try:
        print(text, flush=True)
    except OSError as error:
        from intercom_iac.cli import report_end

        sys.exit(report_end(error))


def _print_interrupted() -> None:
    if sys.stderr is None:  # pyright: ignore[reportUnnecessaryComparison]  it is where the stream is closed
        return
    try:
        print("interrupted", file=sys.stderr, flush=True)
    except OSError:
        from intercom_iac.cli import drop_unwritable_output

        drop_unwritable_output()


def _ignore_interrupts() -> None:
    """What is left is the interpreter's own end, and a Ctrl-C in it would be told as a traceback."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


if __name__ == "__main__":
    main()
