"""The judges of generated TypeScript: its compiler, a bundler, and Node that runs it."""

from .programs import Written, bundle, compiler, run_node, run_scenarios, write_typescript

__all__ = ["Written", "bundle", "compiler", "run_node", "run_scenarios", "write_typescript"]
