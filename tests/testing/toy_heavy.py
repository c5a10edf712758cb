"""A toy whose module imports what it should import inside ``connect``."""

from __future__ import annotations

import sqlite3

from testing.toy import Toy


class ImportsTooMuch(Toy):
    """Pays for a library before it is needed."""

    library = sqlite3.sqlite_version
