import { describeExample } from './describe-example';
import { HttpApiStack } from '../../examples/http-api/http-api-stack';

describeExample('http-api', (app, props) => new HttpApiStack(app, 'HttpApi', props));
