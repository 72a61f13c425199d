import { UNKNOWN } from '../../../src/reading/fact';
import { placeInArn } from '../../../src/rules/function/judge-functions';

test.each([
  ['arn:aws:lambda:eu-west-1:111111111111:capacity-provider:orders', { region: 'eu-west-1', account: '111111111111' }],
  ['arn:aws:lambda::111111111111:capacity-provider:orders', { region: UNKNOWN, account: '111111111111' }],
  ['arn:aws:lambda:eu-west-1::capacity-provider:orders', { region: 'eu-west-1', account: UNKNOWN }],
  ['orders', { region: UNKNOWN, account: UNKNOWN }],
  [UNKNOWN, { region: UNKNOWN, account: UNKNOWN }],
  [undefined, { region: UNKNOWN, account: UNKNOWN }],
] as const)('%p is in %p', (arn, place) => {
  expect(placeInArn(arn)).toEqual(place);
});
