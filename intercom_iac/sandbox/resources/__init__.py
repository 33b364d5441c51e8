"""What answers each call of the API: a module a resource, a function a call.

A function takes a `Call` and returns a `Response`, or raises `ApiError`. Rendering, validation and SQL of a resource
are in its module; `router` says which function answers which path.
"""
