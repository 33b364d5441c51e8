"""How rules stand to everybody and to each other: text, and a page with a grid and a picture."""
