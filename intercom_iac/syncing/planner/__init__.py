"""The plans of a sync: rows compared with the cache and with the workspace, events, values copied; their writes."""
