package com.example;

import io.github.cdklambdamanagedinstances.AddAlarmsOptions;
import io.github.cdklambdamanagedinstances.AddFunctionOptions;
import io.github.cdklambdamanagedinstances.AlarmThreshold;
import io.github.cdklambdamanagedinstances.InstanceRequirements;
import io.github.cdklambdamanagedinstances.InstanceSelection;
import io.github.cdklambdamanagedinstances.ManagedFunction;
import io.github.cdklambdamanagedinstances.ManagedInstances;
import io.github.cdklambdamanagedinstances.ScaleOnScheduleOptions;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.TimeZone;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.LatestPublishedScalingConfig;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.scheduler.CronOptionsWithTimezone;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/** Two functions on one fleet of Graviton instances, with schedules, a dashboard and alarms. */
public class ShopStack extends Stack {
    private static final String ORDERS_CODE = """
            exports.handler = async (event, context) => {
              return { requestId: context.awsRequestId, order: event.order };
            };
            """;

    private static final String PRICES_CODE = """
            def handler(event, context):
                return {"requestId": context.aws_request_id, "price": 42}
            """;

    public ShopStack(final Construct scope, final String id, final StackProps props) {
        super(scope, id, props);

        final Function orders = Function.Builder.create(this, "Orders")
                .runtime(Runtime.NODEJS_24_X)
                .architecture(Architecture.ARM_64)
                .handler("index.handler")
                .code(Code.fromInline(ORDERS_CODE))
                .timeout(Duration.seconds(10))
                .build();
        final Function prices = Function.Builder.create(this, "Prices")
                .runtime(Runtime.PYTHON_3_14)
                .architecture(Architecture.ARM_64)
                .handler("index.handler")
                .code(Code.fromInline(PRICES_CODE))
                .memorySize(4096)
                .environment(Map.of("CURRENCY", "EUR"))
                .build();

        final ManagedInstances fleet = ManagedInstances.Builder.create(this, "Fleet")
                .instances(InstanceSelection.where(InstanceRequirements.builder()
                        .architecture(Architecture.ARM_64)
                        .vCpuCountMin(4)
                        .vCpuCountMax(16)
                        .memoryPerVCpuMin(Size.gibibytes(4))
                        .generationMin(7)
                        .build()))
                .maxVCpuCount(64)
                .build();
        final ManagedFunction managedOrders = fleet.addFunction(orders, AddFunctionOptions.builder()
                .perExecutionEnvironmentMaxConcurrency(32)
                .latestPublishedScalingConfig(LatestPublishedScalingConfig.builder()
                        .minExecutionEnvironments(3)
                        .maxExecutionEnvironments(12)
                        .build())
                .build());
        fleet.addFunction(prices, AddFunctionOptions.builder()
                .executionEnvironmentMemoryGiBPerVCpu(4)
                .build());
        managedOrders.scaleOnSchedule("Evening", ScaleOnScheduleOptions.builder()
                .schedule(ScheduleExpression.cron(CronOptionsWithTimezone.builder()
                        .hour("20")
                        .minute("0")
                        .timeZone(TimeZone.EUROPE_BERLIN)
                        .build()))
                .minExecutionEnvironments(1)
                .maxExecutionEnvironments(4)
                .build());
        managedOrders.scaleOnSchedule("Morning", ScaleOnScheduleOptions.builder()
                .schedule(ScheduleExpression.cron(CronOptionsWithTimezone.builder()
                        .hour("7")
                        .minute("40")
                        .timeZone(TimeZone.EUROPE_BERLIN)
                        .build()))
                .minExecutionEnvironments(3)
                .maxExecutionEnvironments(12)
                .build());

        final Topic pager = new Topic(this, "Pager");
        fleet.addDashboard("Dashboard");
        fleet.addAlarms("Alarms", AddAlarmsOptions.builder()
                .actions(List.of(new SnsAction(pager)))
                .vCpuCeiling(AlarmThreshold.above(70))
                .build());
    }
}
