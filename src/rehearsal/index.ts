/**
 * The exports of `cdk-lambda-managed-instances/rehearse`: a rehearsal as a function, for tests.
 */
export type { Measurement } from './measurement';
export type { FindingCode, Grade, Place, RehearsalFinding } from './findings';
export type { Progress } from './rehearsal-result';
export { RehearsalReport } from './rehearsal-report';
export { rehearse } from './rehearse';
export type { RehearseOptions } from './rehearse';
export type { EventSource } from './sample-events';
export { RehearsalUsageError } from './usage-error';
export type { WhatToSet } from './what-to-set';
