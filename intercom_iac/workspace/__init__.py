"""The live side: one `Workspace` protocol, Intercom's API behind it, and the embedded workspace behind that.

`client` makes the calls, `intercom` knows the API's endpoints and JSON. `embedded` is the only module of the project
that imports the sandbox; what a person does in Intercom's own screens is done to the embedded workspace through it.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .client.client import PARALLELISM, Client
    from .embedded import add_embedded_segment, reset_embedded, seed_embedded, serve_embedded
    from .intercom.belongings import EVENT_DAYS, Belongings
    from .intercom.exporting import export_people
    from .intercom.http import HttpWorkspace
    from .intercom.timezone import read_timezone
    from .opening import open_workspace
    from .protocol import Workspace
    from .records import ContactState, ExistingContact, Records, existing_contact
    from .target import Target, Token

__all__ = [
    "EVENT_DAYS",
    "PARALLELISM",
    "Belongings",
    "Client",
    "ContactState",
    "ExistingContact",
    "HttpWorkspace",
    "Records",
    "Target",
    "Token",
    "Workspace",
    "add_embedded_segment",
    "existing_contact",
    "export_people",
    "open_workspace",
    "read_timezone",
    "reset_embedded",
    "seed_embedded",
    "serve_embedded",
]

__getattr__ = lazy_names(
    __name__,
    {
        "client.client": ["PARALLELISM", "Client"],
        "intercom.exporting": ["export_people"],
        "intercom.belongings": ["EVENT_DAYS", "Belongings"],
        "intercom.http": ["HttpWorkspace"],
        "opening": ["open_workspace"],
        "protocol": ["Workspace"],
        "records": ["ContactState", "ExistingContact", "Records", "existing_contact"],
        "target": ["Target", "Token"],
        "intercom.timezone": ["read_timezone"],
        "embedded": ["add_embedded_segment", "reset_embedded", "seed_embedded", "serve_embedded"],
    },
)
