import random
import time

import serverless_wsgi
from flask import Flask, jsonify, request

app = Flask(__name__)


@app.post("/<user>")
def echo(user):
    time.sleep(0.01 + random.random() * 0.02)
    return jsonify(user=user, body=request.get_json())


def handler(event, context):
    import json

    user = event["user"]
    return serverless_wsgi.handle_request(app, {
        "resource": "/{proxy+}", "path": f"/{user}", "httpMethod": "POST", "headers": {"content-type": "application/json", "Host": "localhost"},
        "queryStringParameters": None, "requestContext": {"stage": "live"}, "body": json.dumps({"user": user}), "isBase64Encoded": False,
    }, context)
