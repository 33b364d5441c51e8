"""The way in, for the `intercom-iac` script and for `python -m intercom_iac`."""

import sys


def main() -> None:
    """Answers `--version` and `--help` before anything heavy is imported; the rest is the command line's."""
    match sys.argv[1:]:
        case ["--version" | "-V"]:
            from intercom_iac import __version__

            print(f"intercom-iac {__version__}")
        case ["--help" | "-h"]:
            from intercom_iac.cli.front import help_text

            print(help_text())
        case arguments:
            from intercom_iac.cli import run

            sys.exit(run(arguments))


if __name__ == "__main__":
    main()
