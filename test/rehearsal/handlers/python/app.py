"""Handlers with typical bugs, and their corrected twins."""
import json
import logging
import os
import random
import sys
import tempfile
import threading
import time
import uuid

logger = logging.getLogger()
logger.setLevel("INFO")

CURRENT = None
COUNT = 0
COLD = True
BORN = time.time()
KEYS = {}


def wait():
    time.sleep(0.01 + random.random() * 0.02)


def tmp_file_bad(event, context):
    with open("/tmp/work.txt", "w") as file:
        file.write(event["user"])
    wait()
    with open("/tmp/work.txt") as file:
        return {"user": file.read()}


def tmp_file_good(event, context):
    with tempfile.NamedTemporaryFile("w+") as file:
        file.write(event["user"])
        wait()
        file.seek(0)
        return {"user": file.read()}


def database_bad(event, context):
    """A database in /tmp, for one writer at a time."""
    import sqlite3

    connection = sqlite3.connect("/tmp/orders.db", timeout=0.001)
    with connection:
        connection.execute("create table if not exists orders (user text)")
        connection.execute("insert into orders values (?)", [event["user"]])
        wait()
    connection.close()
    return {"user": event["user"]}


def database_good(event, context):
    import sqlite3

    connection = sqlite3.connect(":memory:")
    with connection:
        connection.execute("create table orders (user text)")
        connection.execute("insert into orders values (?)", [event["user"]])
        wait()
    connection.close()
    return {"user": event["user"]}


def keys_kept_bad(event, context):
    """A key that only some requests set stays for the next one of the process."""
    if event["user"] in ("alice", "carol"):
        KEYS["user"] = event["user"]
    wait()
    logger.info({"message": "done", **KEYS})
    return {"ok": True}


def keys_kept_good(event, context):
    keys = {"user": event["user"]}
    wait()
    logger.info({"message": "done", **keys})
    return {"ok": True}


def thread_bad(event, context):
    """A thread that outlives its request logs with the id of the next one."""
    def later():
        time.sleep(0.05)
        logger.info("done with %s", event["user"])

    threading.Thread(target=later, daemon=True).start()
    wait()
    return {"user": event["user"]}


def thread_good(event, context):
    thread = threading.Thread(target=lambda: logger.info("done with %s", event["user"]))
    thread.start()
    thread.join()
    wait()
    return {"user": event["user"]}


def port_bad(event, context):
    """Requests of an environment share the network, too."""
    import socket

    with socket.socket() as server:
        server.bind(("127.0.0.1", 47891))
        server.listen()
        wait()
    return {"user": event["user"]}


def port_good(event, context):
    import socket

    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        wait()
    return {"user": event["user"]}


def global_variable(event, context):
    """Harmless: a process takes one request at a time."""
    global CURRENT
    CURRENT = event["user"]
    wait()
    return {"user": CURRENT}


def quirks(event, context):
    global COUNT, COLD
    cold, COLD = COLD, False
    COUNT += 1
    wait()
    logger.info("done with %s", event["user"])
    return {
        "user": event["user"],
        "requestId": context.aws_request_id,
        "pid": os.getpid(),
        "count": COUNT,
        "cold": cold,
        "born": BORN,
        "uuid": str(uuid.uuid4()),
        "time": time.time(),
        "random": random.random(),
    }


def prints(event, context):
    print("done with", event["user"])
    return {"user": event["user"]}


def in_use():
    """Whether another process is working. Each process has a file with a name of its own."""
    return len([name for name in os.listdir("/tmp") if name.startswith("busy-")]) > 1


def exits(event, context):
    file = f"/tmp/busy-{uuid.uuid4()}"
    open(file, "w").close()
    try:
        wait()
        if in_use():
            sys.exit(3)
        return {"user": event["user"]}
    finally:
        os.remove(file)


def fails_alone(event, context):
    if event["user"] == "bobby":
        raise ValueError("no order in this event")
    return {"user": event["user"]}


async def coroutine(event, context):
    return {"user": event["user"]}


quirks_too = quirks
