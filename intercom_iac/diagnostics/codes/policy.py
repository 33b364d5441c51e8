"""LINT56x: what a project asks of its specs in `policy`. LINT57x: findings that are silenced on their line."""
