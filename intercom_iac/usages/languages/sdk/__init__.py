"""What the readers of languages with an SDK of Intercom's share: chains of calls, variables, moments in time, and
which calls and records mean Intercom. A reader says how its language writes these, in a class of its own."""
