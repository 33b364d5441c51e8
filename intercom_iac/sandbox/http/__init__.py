"""The workspace over HTTP: who may send requests, the ASGI application, the connection, and the server."""
