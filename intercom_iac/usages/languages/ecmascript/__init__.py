"""JavaScript, TypeScript and TSX: one reader over three grammars."""
