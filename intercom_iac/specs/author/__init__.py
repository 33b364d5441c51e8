"""Writing specs: entries in the format's words, put into spec files as `fmt` would write them."""
