"""The fast door: ends a tick with nothing due before anything heavy is imported, else opens the command line."""

from __future__ import annotations

import os
import sys
import time

from calendarkit.edges.wake import sleeps


def main() -> int:
    """Run the command line and return its exit code; ``publish`` with nothing due never opens it."""
    state = _state_of_publish(sys.argv[1:])
    if state is not None and sleeps(state, time.time()):
        return 0
    from calendarkit.cli.app import main as cli_main

    return cli_main()


def _state_of_publish(args: list[str]) -> str | None:
    """Return the state folder that ``[-C DIR] publish`` means, ``None`` for any other command line."""
    if args == ["publish"]:
        folder = os.getcwd()  # noqa: PTH109  # no pathlib at the door
        while not os.path.exists(f"{folder}/calendarkit.toml"):  # noqa: PTH110  # no pathlib at the door
            parent = os.path.dirname(folder)  # noqa: PTH120  # no pathlib at the door
            if parent == folder:
                return None
            folder = parent
        return f"{folder}/state"
    if len(args) == 3 and args[0] == "-C" and args[2] == "publish":
        return f"{args[1]}/state"
    return None


if __name__ == "__main__":
    raise SystemExit(main())
