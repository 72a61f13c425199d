import { App, IPolicyValidationPlugin, Stack, Validations } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { countCalls } from './counted-calls';
import { ManagedInstances, ManagedInstancesChecks } from 'cdk-lambda-managed-instances';

/**
 * What `ManagedInstancesChecks` adds to the synthesis of a fleet with 75 functions, in counted calls. Fails above a tenth.
 *
 * The yardstick is the same synthesis with a plugin that does nothing: what CDK does for any plugin, it does in each
 * app anyway, for its own template validator.
 */
const FUNCTIONS = 75;
const ALLOWED_SHARE = 0.1;
const NOTHING: IPolicyValidationPlugin = { name: 'nothing', validate: () => ({ success: true, violations: [] }) };

process.env.CDK_VALIDATION = 'false';
const yardstick = countCalls(() => synthesise(NOTHING));
const checked = countCalls(() => synthesise(new ManagedInstancesChecks()));
const share = (checked - yardstick) / yardstick;
console.log(`${FUNCTIONS} functions: ${yardstick} calls without the checks, ${checked} with them: ${(100 * share).toFixed(1)} % more`);
if (share > ALLOWED_SHARE) process.exitCode = 1;

function synthesise(plugin: IPolicyValidationPlugin): void {
  const app = new App();
  Validations.of(app).addPlugins(plugin);
  const stack = new Stack(app, 'Stack');
  const fleet = new ManagedInstances(stack, 'Fleet');
  for (let index = 0; index < FUNCTIONS; index++) {
    fleet.addFunction(new lambda.Function(stack, `Function${index}`, {
      runtime: lambda.Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => {};'),
    }));
  }
  app.synth();
}
