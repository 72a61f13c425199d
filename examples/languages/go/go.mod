module shop

go 1.25

require (
	github.com/aws/aws-cdk-go/awscdk/v2 v2.271.0
	github.com/aws/constructs-go/constructs/v10 v10.5.1
	github.com/aws/jsii-runtime-go v1.140.0
	// A build of the repository has the version v0.0.0. Write the release that you use.
	github.com/cdk-lambda-managed-instances/cdk-lambda-managed-instances-go/cdklambdamanagedinstances v0.0.0
)
