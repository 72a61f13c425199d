import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describeExample } from './describe-example';
import { HttpApiStack } from '../../examples/http-api/http-api-stack';

describeExample('http-api', ['HttpApi'], (app, props) => new HttpApiStack(app, 'HttpApi', props));

test('invokes the function without a qualifier, and is allowed to', () => {
  const template = Template.fromStack(new HttpApiStack(new App(), 'HttpApi'));
  const [fn] = Object.keys(template.findResources('AWS::Lambda::Function'));

  template.hasResourceProperties('AWS::ApiGatewayV2::Integration', {
    IntegrationType: 'AWS_PROXY', IntegrationUri: { 'Fn::GetAtt': [fn, 'Arn'] }, PayloadFormatVersion: '2.0',
  });
  template.hasResourceProperties('AWS::Lambda::Permission', {
    FunctionName: { 'Fn::GetAtt': [fn, 'Arn'] }, Principal: 'apigateway.amazonaws.com', SourceArn: Match.anyValue(),
  });
  template.hasResourceProperties('AWS::ApiGatewayV2::Route', { AuthorizationType: 'AWS_IAM' });
});

test('pages somebody where the API answers with errors: it makes a 5xx of what Lambda throttles', () => {
  const template = Template.fromStack(new HttpApiStack(new App(), 'HttpApi'));

  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: 'AWS/ApiGateway', MetricName: '5xx', Statistic: 'Average', Threshold: 0.01, AlarmActions: Match.anyValue(),
  });
  template.hasResourceProperties('AWS::ApiGatewayV2::Stage', { DefaultRouteSettings: { ThrottlingRateLimit: 8000, ThrottlingBurstLimit: 4000 } });
});
