import { AttachFacts, AttachTarget } from './attach-facts';
import { Level, Rule } from '../rule';

const REMEDIES: Record<AttachTarget, string> = {
  [AttachTarget.FUNCTION]: '',
  [AttachTarget.ALIAS]: 'attach the function that the alias points to',
  [AttachTarget.VERSION]: 'attach the function that the version belongs to',
  [AttachTarget.SINGLETON]: 'use a Function and attach that',
  [AttachTarget.IMPORT]: 'attach it in the app that creates it, since a template can\'t change a function that it doesn\'t hold',
};

/** Each rule about what can be attached to a capacity provider. */
export const ATTACH_RULES: Rule<AttachFacts>[] = [
  {
    code: 'AttachTarget',
    level: Level.ERROR,
    what: 'What is attached is a function that this app creates.',
    why: 'The capacity provider is a property of the function; there is nothing to set it on.',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html',
    check({ target }) {
      if (target === AttachTarget.FUNCTION) return undefined;
      return { property: 'fn', allowed: 'must be a function that this app creates', found: target, remedy: REMEDIES[target] };
    },
  },
  {
    code: 'SecondProvider',
    level: Level.ERROR,
    what: 'A function is attached once.',
    why: 'It has one capacity provider: the last one would win without a word.',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-capacity-providers.html',
    check({ attachedTo }) {
      if (attachedTo === undefined) return undefined;
      return {
        property: 'fn',
        allowed: 'must not be on a capacity provider yet',
        found: `a function that is on ${attachedTo}`,
        remedy: 'attach it once, or make a second function from the same code',
      };
    },
  },
];
