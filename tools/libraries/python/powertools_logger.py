import random
import time

from aws_lambda_powertools import Logger

logger = Logger(service="orders")


@logger.inject_lambda_context(clear_state=True)
def handler(event, context):
    logger.append_keys(user=event["user"])
    time.sleep(0.01 + random.random() * 0.02)
    logger.info("done")
    return {"user": event["user"]}


@logger.inject_lambda_context
def kept(event, context):
    """Without clear_state, a key that only some requests set stays for the next one."""
    if event["user"] != "david":
        logger.append_keys(user=event["user"])
    logger.info("done")
    return {"user": event["user"]}
