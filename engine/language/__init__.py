"""Text to syntax tree: a lexer, a parser, and the tree they make."""
