import asyncio
import json
import random

from fastapi import FastAPI
from mangum import Mangum

app = FastAPI()


@app.post("/{user}")
async def echo(user: str, body: dict):
    await asyncio.sleep(0.01 + random.random() * 0.02)
    return {"user": user, "body": body}


adapter = Mangum(app, lifespan="off")


def handler(event, context):
    user = event["user"]
    return adapter({
        "resource": "/{proxy+}", "path": f"/{user}", "httpMethod": "POST", "headers": {"content-type": "application/json", "Host": "localhost"},
        "multiValueHeaders": {"content-type": ["application/json"], "Host": ["localhost"]}, "queryStringParameters": None,
        "multiValueQueryStringParameters": None, "requestContext": {"stage": "live", "identity": {"sourceIp": "127.0.0.1"}},
        "body": json.dumps({"user": user}), "isBase64Encoded": False,
    }, context)
