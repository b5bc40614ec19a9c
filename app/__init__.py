"""The web application: the browser playground, the REST API and the live training session."""

from importlib.metadata import version

VERSION = version("chainrule")
