"""`python -m app.openapi` prints the OpenAPI document."""

import json
import sys

from app.main import create_app


def main() -> None:
    """Print the document."""
    json.dump(create_app().openapi(), sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
