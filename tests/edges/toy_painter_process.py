"""A painter process that does what the name of the layout says: draw, crash, hang, or talk nonsense."""

from __future__ import annotations

import os
import signal
import sys
import time
from multiprocessing.connection import Connection

from calendarkit.model.message import Media

connection = Connection(int(sys.argv[1]))
connection.recv()
while True:
    try:
        job = connection.recv()
    except EOFError:
        break
    if job.layout == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif job.layout == "leave":
        sys.exit(0)
    elif job.layout == "hang":
        time.sleep(60)
    connection.send(Media(path=str(os.getpid()), sha256="", mime="image/jpeg", size=1, name=job.layout))
