/** Finds the security groups of a template that are open to the internet, without the library. */
import { TemplateJson } from './template-walker';

const WORLD = ['0.0.0.0/0', '::/0'];

/** Returns the logical ids of the rules and groups that are open to the internet. */
export function openToWorld({ Resources = {} }: Partial<TemplateJson>): string[] {
  return Object.entries<any>(Resources).filter(([, { Type, Properties = {} }]) => {
    const rules = Type === 'AWS::EC2::SecurityGroupIngress' ? [Properties] : Type === 'AWS::EC2::SecurityGroup' ? Properties.SecurityGroupIngress ?? [] : [];
    return rules.some(({ CidrIp, CidrIpv6 }: any) => WORLD.includes(CidrIp) || WORLD.includes(CidrIpv6));
  }).map(([id]) => id);
}
