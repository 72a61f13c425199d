import random
import time

from aws_lambda_powertools import Metrics
from aws_lambda_powertools.metrics import MetricUnit

metrics = Metrics(namespace="shop", service="orders")


@metrics.log_metrics
def handler(event, context):
    metrics.add_metric(name="orders", unit=MetricUnit.Count, value=1)
    metrics.add_dimension(name="user", value=event["user"])
    time.sleep(0.01 + random.random() * 0.02)
    return {"user": event["user"]}
