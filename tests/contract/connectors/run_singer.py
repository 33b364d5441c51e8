"""tap-intercom against another address than Intercom's, which it has written in: run_singer.py URL ARGUMENT..."""

import sys

from tap_intercom import client, main

URL = sys.argv.pop(1)

# The client sets it for itself when it is made.
client.IntercomClient.base_url = property(lambda _: URL, lambda *_: None)
main()
