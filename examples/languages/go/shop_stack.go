package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatchactions"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsscheduler"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	managed "github.com/cdk-lambda-managed-instances/cdk-lambda-managed-instances-go/cdklambdamanagedinstances"
)

const ordersCode = `exports.handler = async (event, context) => {
  return { requestId: context.awsRequestId, order: event.order };
};
`

const pricesCode = `def handler(event, context):
    return {"requestId": context.aws_request_id, "price": 42}
`

// NewShopStack makes two functions on one fleet of Graviton instances, with schedules, a dashboard and alarms.
func NewShopStack(scope constructs.Construct, id string, props *awscdk.StackProps) awscdk.Stack {
	stack := awscdk.NewStack(scope, &id, props)

	orders := awslambda.NewFunction(stack, jsii.String("Orders"), &awslambda.FunctionProps{
		Runtime:      awslambda.Runtime_NODEJS_24_X(),
		Architecture: awslambda.Architecture_ARM_64(),
		Handler:      jsii.String("index.handler"),
		Code:         awslambda.Code_FromInline(jsii.String(ordersCode)),
		Timeout:      awscdk.Duration_Seconds(jsii.Number(10)),
	})
	prices := awslambda.NewFunction(stack, jsii.String("Prices"), &awslambda.FunctionProps{
		Runtime:      awslambda.Runtime_PYTHON_3_14(),
		Architecture: awslambda.Architecture_ARM_64(),
		Handler:      jsii.String("index.handler"),
		Code:         awslambda.Code_FromInline(jsii.String(pricesCode)),
		MemorySize:   jsii.Number(4096),
		Environment:  &map[string]*string{"CURRENCY": jsii.String("EUR")},
	})

	fleet := managed.NewManagedInstances(stack, jsii.String("Fleet"), &managed.ManagedInstancesProps{
		Instances: managed.InstanceSelection_Where(&managed.InstanceRequirements{
			Architecture:     awslambda.Architecture_ARM_64(),
			VCpuCountMin:     jsii.Number(4),
			VCpuCountMax:     jsii.Number(16),
			MemoryPerVCpuMin: awscdk.Size_Gibibytes(jsii.Number(4)),
			GenerationMin:    jsii.Number(7),
		}),
		MaxVCpuCount: jsii.Number(64),
	})
	managedOrders := fleet.AddFunction(orders, &managed.AddFunctionOptions{
		PerExecutionEnvironmentMaxConcurrency: jsii.Number(32),
		LatestPublishedScalingConfig: &awslambda.LatestPublishedScalingConfig{
			MinExecutionEnvironments: jsii.Number(3),
			MaxExecutionEnvironments: jsii.Number(12),
		},
	})
	fleet.AddFunction(prices, &managed.AddFunctionOptions{
		ExecutionEnvironmentMemoryGiBPerVCpu: jsii.Number(4),
	})
	managedOrders.ScaleOnSchedule(jsii.String("Evening"), &managed.ScaleOnScheduleOptions{
		Schedule: awsscheduler.ScheduleExpression_Cron(&awsscheduler.CronOptionsWithTimezone{
			Hour:     jsii.String("20"),
			Minute:   jsii.String("0"),
			TimeZone: awscdk.TimeZone_EUROPE_BERLIN(),
		}),
		MinExecutionEnvironments: jsii.Number(1),
		MaxExecutionEnvironments: jsii.Number(4),
	})
	managedOrders.ScaleOnSchedule(jsii.String("Morning"), &managed.ScaleOnScheduleOptions{
		Schedule: awsscheduler.ScheduleExpression_Cron(&awsscheduler.CronOptionsWithTimezone{
			Hour:     jsii.String("7"),
			Minute:   jsii.String("40"),
			TimeZone: awscdk.TimeZone_EUROPE_BERLIN(),
		}),
		MinExecutionEnvironments: jsii.Number(3),
		MaxExecutionEnvironments: jsii.Number(12),
	})

	pager := awssns.NewTopic(stack, jsii.String("Pager"), nil)
	fleet.AddDashboard(jsii.String("Dashboard"), nil)
	fleet.AddAlarms(jsii.String("Alarms"), &managed.AddAlarmsOptions{
		Actions:     &[]awscloudwatch.IAlarmAction{awscloudwatchactions.NewSnsAction(pager)},
		VCpuCeiling: managed.AlarmThreshold_Above(jsii.Number(70)),
	})

	return stack
}
