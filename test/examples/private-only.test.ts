import { describeExample } from './describe-example';
import { PrivateOnlyStack } from '../../examples/private-only/private-only-stack';

describeExample('private-only', (app, props) => new PrivateOnlyStack(app, 'PrivateOnly', props));
