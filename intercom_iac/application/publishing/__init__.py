"""Segments published: their members found, shown, asked about, written; and compared between two moments."""
