"""The fast door: answers "nothing is due" with the standard library alone, and else opens the command line."""

from __future__ import annotations


def main() -> int:
    """Run the command line and return its exit code."""
    from calendarkit.cli.app import app

    return int(app(standalone_mode=False) or 0)


if __name__ == "__main__":
    raise SystemExit(main())
