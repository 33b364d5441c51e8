"""The decision procedure: rules as clauses over cells of their variables, and the search for who satisfies them."""
