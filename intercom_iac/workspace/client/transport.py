"""The way to a workspace: the network, or the embedded one in this process."""

from __future__ import annotations

import httpx

from ..target import Target

TIMEOUT = httpx.Timeout(30.0, connect=10.0)
LONGEST_EXCHANGE = 60.0
"""Seconds for one call, from looking up the name to the last byte of the answer."""


def open_transport(target: Target) -> httpx.BaseTransport:
    """The transport for a target. Each imports what the other has no use for.

    Raises `IntercomIacError` when the embedded workspace's file is unusable, `Unreachable` for an environment whose
    proxy or certificates are.
    """
    if target.sandbox is not None:
        from ..embedded import open_embedded

        return open_embedded(target.sandbox)
    from .network import Network

    return Network(target.base_url, longest=LONGEST_EXCHANGE)
