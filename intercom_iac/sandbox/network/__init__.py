"""The network between a client and the workspace: the rate limit, latency and faults, and how they are set."""
