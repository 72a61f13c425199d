/** The infos about a provider that appear in its plan. Synthesis never prints them. */
import { IConstruct } from 'constructs';
import { Kind, recordOf } from '../registry/provider-record';
import { Finding } from '../rules/findings';

const ADVICE = new Kind<() => Finding[]>();

/** Registers findings for the plan of a provider. */
export function advise(provider: IConstruct, findings: () => Finding[]): void {
  recordOf(provider).keep(ADVICE).push(findings);
}

/** Returns all findings that hold at this moment. */
export function adviceAbout(provider: IConstruct): Finding[] {
  return recordOf(provider).keep(ADVICE).flatMap((findings) => findings());
}
