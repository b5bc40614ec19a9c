"""What travels over the wire, described once for validation, documentation and the front-end's types."""
