"""Says what is on a picture: POST an image, get the five likeliest classes of ImageNet."""

import base64
import binascii
import functools
import io
import json

import torch
from PIL import Image, UnidentifiedImageError
from torchvision.models import ResNet50_Weights, resnet50

WEIGHTS = ResNet50_Weights.DEFAULT
PREPROCESS = WEIGHTS.transforms()
CATEGORIES = WEIGHTS.meta["categories"]


@functools.cache
def model():
    """The model on the GPU, loaded with the first request.

    Not when this module is imported: Lambda forks a process for each concurrent request afterwards, and CUDA does not
    survive a fork.
    """
    return resnet50(weights=WEIGHTS).eval().cuda()


def handler(event, context):
    """Answers a request of an HTTP API. Nothing is kept between requests but the model."""
    try:
        body = event.get("body") or ""
        data = base64.b64decode(body, validate=True) if event.get("isBase64Encoded") else body.encode("latin-1")
        image = Image.open(io.BytesIO(data)).convert("RGB")
    except (UnidentifiedImageError, OSError, UnicodeEncodeError, binascii.Error):
        return answer(400, {"error": "the body must be an image, such as a JPEG or PNG"})

    with torch.inference_mode():
        scores = model()(PREPROCESS(image).unsqueeze(0).cuda()).softmax(1)[0]
    best = scores.topk(5)
    # One line each, with the id: the lines of concurrent requests come mixed.
    print(json.dumps({"requestId": context.aws_request_id, "class": CATEGORIES[best.indices[0]]}))
    return answer(200, {
        "classes": [
            {"name": CATEGORIES[index], "score": round(score, 4)}
            for score, index in zip(best.values.tolist(), best.indices.tolist())
        ],
    })


def answer(status, body):
    return {"statusCode": status, "headers": {"content-type": "application/json"}, "body": json.dumps(body)}
