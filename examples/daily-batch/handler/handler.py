"""Summarises one part of the files that came on the day before: their number, lines and bytes."""

import datetime
import json
import os
import zlib

import boto3

BUCKET = os.environ["BUCKET"]
s3 = boto3.client("s3")


def handler(event, context):
    """Writes the summary of a part under a name of its own.

    Lambda may deliver an asynchronous event twice: the same part of the same day writes the same object again.
    """
    started = datetime.datetime.fromisoformat(event["time"].replace("Z", "+00:00"))
    day = (started - datetime.timedelta(days=1)).date().isoformat()
    part, parts = event["part"], event["parts"]

    summary = {"day": day, "part": part, "files": 0, "lines": 0, "bytes": 0}
    for key in keys_of(f"input/{day}/"):
        if zlib.crc32(key.encode()) % parts != part:
            continue
        summary["files"] += 1
        for chunk in s3.get_object(Bucket=BUCKET, Key=key)["Body"].iter_chunks(1024 * 1024):
            summary["lines"] += chunk.count(b"\n")
            summary["bytes"] += len(chunk)

    s3.put_object(Bucket=BUCKET, Key=f"output/{day}/{part}.json", Body=json.dumps(summary), ContentType="application/json")
    print(json.dumps({"requestId": context.aws_request_id, **summary}))
    return summary


def keys_of(prefix):
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=prefix):
        for item in page.get("Contents", []):
            yield item["Key"]
