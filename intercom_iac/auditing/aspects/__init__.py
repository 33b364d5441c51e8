"""What an audit looks at, a module an aspect: each takes what was read and gives its findings."""
