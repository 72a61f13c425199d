from aws_cdk import Duration, Size, Stack, TimeZone
from aws_cdk import aws_cloudwatch_actions as cloudwatch_actions
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_scheduler as scheduler
from aws_cdk import aws_sns as sns
from cdk_lambda_managed_instances import AlarmThreshold, InstanceSelection, ManagedInstances
from constructs import Construct

ORDERS_CODE = """\
exports.handler = async (event, context) => {
  return { requestId: context.awsRequestId, order: event.order };
};
"""

PRICES_CODE = """\
def handler(event, context):
    return {"requestId": context.aws_request_id, "price": 42}
"""


class ShopStack(Stack):
    """Two functions on one fleet of Graviton instances, with schedules, a dashboard and alarms."""

    def __init__(self, scope: Construct, construct_id: str, **kwargs) -> None:
        super().__init__(scope, construct_id, **kwargs)

        orders = lambda_.Function(
            self,
            "Orders",
            runtime=lambda_.Runtime.NODEJS_24_X,
            architecture=lambda_.Architecture.ARM_64,
            handler="index.handler",
            code=lambda_.Code.from_inline(ORDERS_CODE),
            timeout=Duration.seconds(10),
        )
        prices = lambda_.Function(
            self,
            "Prices",
            runtime=lambda_.Runtime.PYTHON_3_14,
            architecture=lambda_.Architecture.ARM_64,
            handler="index.handler",
            code=lambda_.Code.from_inline(PRICES_CODE),
            memory_size=4096,
            environment={"CURRENCY": "EUR"},
        )

        fleet = ManagedInstances(
            self,
            "Fleet",
            instances=InstanceSelection.where(
                architecture=lambda_.Architecture.ARM_64,
                v_cpu_count_min=4,
                v_cpu_count_max=16,
                memory_per_v_cpu_min=Size.gibibytes(4),
                generation_min=7,
            ),
            max_v_cpu_count=64,
        )
        managed_orders = fleet.add_function(
            orders,
            per_execution_environment_max_concurrency=32,
            latest_published_scaling_config=lambda_.LatestPublishedScalingConfig(
                min_execution_environments=3,
                max_execution_environments=12,
            ),
        )
        fleet.add_function(prices, execution_environment_memory_gib_per_v_cpu=4)
        managed_orders.scale_on_schedule(
            "Evening",
            schedule=scheduler.ScheduleExpression.cron(hour="20", minute="0", time_zone=TimeZone.EUROPE_BERLIN),
            min_execution_environments=1,
            max_execution_environments=4,
        )
        managed_orders.scale_on_schedule(
            "Morning",
            schedule=scheduler.ScheduleExpression.cron(hour="7", minute="40", time_zone=TimeZone.EUROPE_BERLIN),
            min_execution_environments=3,
            max_execution_environments=12,
        )

        pager = sns.Topic(self, "Pager")
        fleet.add_dashboard("Dashboard")
        fleet.add_alarms(
            "Alarms",
            actions=[cloudwatch_actions.SnsAction(pager)],
            v_cpu_ceiling=AlarmThreshold.above(70),
        )
