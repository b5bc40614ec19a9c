"""The computational graph as data, and how a program becomes one."""
