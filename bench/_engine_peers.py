"""The task queues doing a sender's work alone: run by ``bench/engines.py`` in the environment of the peers.

``_engine_peers.py QUEUE ROLE FOLDER``: a role is ``fill`` (enqueue every delivery), ``work`` (until killed) or
``rescue`` (what the queue's documents tell an operator to run). ``FOLDER/config.json`` says where the servers are.
Each is set as its documents advise for work that must not be lost.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

ROLES = ("fill", "work", "rescue")


def send(folder: Path, number: int, answer: float) -> None:
    """Let members see one message, and wait for the channel's answer."""
    log = os.open(folder / "truth", os.O_APPEND | os.O_CREAT | os.O_WRONLY)
    os.write(log, f"{number} {os.getpid()}\n".encode())
    os.close(log)
    time.sleep(answer)


def celery(folder: Path, config: dict[str, Any], role: str) -> None:
    """Acknowledge late, give back what a lost worker held, one message at a time; as visible as our lease is long."""
    from celery import Celery

    app = Celery("peer", broker=config["redis"])
    app.conf.update(
        broker_transport_options={"visibility_timeout": config["lease"]},
        task_acks_late=True,
        task_default_queue="celery-alone",
        task_reject_on_worker_lost=True,
        worker_prefetch_multiplier=1,
    )

    @app.task(name="send")
    def one(number: int) -> None:
        send(folder, number, config["answer"])

    if role == "fill":
        for number in range(config["count"]):
            one.delay(number)
    elif role == "work":
        options = ["--pool", "threads", "--concurrency", str(config["senders"]), "--loglevel", "ERROR"]
        app.worker_main(["worker", *options, "--hostname", f"{os.getpid()}@bench"])


def dramatiq(folder: Path, config: dict[str, Any], role: str) -> None:
    """As it comes: it acknowledges late, and a worker whose heart has not beaten for a minute is dead."""
    import dramatiq as library
    from dramatiq.brokers.redis import RedisBroker

    broker = RedisBroker(url=config["redis"])
    library.set_broker(broker)

    @library.actor(queue_name="alone")
    def one(number: int) -> None:
        send(folder, number, config["answer"])

    if role == "fill":
        for number in range(config["count"]):
            one.send(number)
    elif role == "work":
        library.Worker(broker, worker_threads=config["senders"]).start()
        while True:
            time.sleep(1)


def procrastinate(folder: Path, config: dict[str, Any], role: str) -> None:
    """As it comes; jobs whose worker is gone are tried again by the task that its documents show."""
    from procrastinate import App, PsycopgConnector

    app = App(connector=PsycopgConnector(conninfo=config["postgres"]))

    @app.task(name="send")
    def one(number: int) -> None:
        send(folder, number, config["answer"])

    async def run() -> None:
        async with app.open_async():
            if role == "fill":
                await app.schema_manager.apply_schema_async()
                await one.batch_defer_async(*({"number": number} for number in range(config["count"])))
            elif role == "work":
                await app.run_worker_async(concurrency=config["senders"], fetch_job_polling_interval=1.0)
            else:
                for job in await app.job_manager.get_stalled_jobs():
                    await app.job_manager.retry_job(job)

    asyncio.run(run())


QUEUES = {"celery": celery, "dramatiq": dramatiq, "procrastinate": procrastinate}

if __name__ == "__main__":
    place = Path(sys.argv[3])
    QUEUES[sys.argv[1]](place, json.loads((place / "config.json").read_text("utf-8")), sys.argv[2])
