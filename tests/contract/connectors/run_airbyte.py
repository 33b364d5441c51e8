"""source-intercom against another address than its manifest's: run_airbyte.py URL COMMAND ARGUMENT..."""

import sys

from airbyte_cdk.entrypoint import launch
from source_intercom import SourceIntercom

URL = sys.argv.pop(1)


class Local(SourceIntercom):
    """The source as it is, but for the address in what was read of its manifest."""

    def _read_and_parse_yaml_file(self, path: str) -> dict:
        manifest = super()._read_and_parse_yaml_file(path)
        assert manifest["definitions"]["requester"]["url_base"] == "https://api.intercom.io/"
        manifest["definitions"]["requester"]["url_base"] = f"{URL}/"
        return manifest


# Where the manifest and the specification are looked for.
Local.__module__ = SourceIntercom.__module__
launch(Local(), sys.argv[1:])
