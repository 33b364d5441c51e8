"""A stand-in for the Messenger in a browser: people and companies, and events of them."""
