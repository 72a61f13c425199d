"""Signs payment orders: reads them from SQS, writes each with its signature to DynamoDB."""

import functools
import hashlib
import hmac
import json
import os

import boto3

table = boto3.resource("dynamodb").Table(os.environ["TABLE"])


@functools.cache
def signing_key():
    """Read once by each process: Python serves each of the concurrent requests in one of its own."""
    secret = boto3.client("secretsmanager").get_secret_value(SecretId=os.environ["SECRET"])
    return secret["SecretString"].encode()


def handler(event, context):
    """Signs each order of a batch, and returns those that failed, so that only they are tried again."""
    failures = []
    for record in event["Records"]:
        try:
            order = json.loads(record["body"])
            # The same order gives the same item: a message may come twice.
            table.put_item(Item={"id": order["id"], "order": record["body"], "signature": sign(record["body"])})
        except Exception as error:  # one bad order must not stop the others
            print(json.dumps({"requestId": context.aws_request_id, "message": record["messageId"], "error": repr(error)}))
            failures.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failures}


def sign(text):
    return hmac.new(signing_key(), text.encode(), hashlib.sha256).hexdigest()
