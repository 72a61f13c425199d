/**
 * The part of each instance that Lambda reserves for itself, so that no execution environment gets it.
 *
 * Source: the methodology of AWS's calculator,
 * https://aws-samples.github.io/sample-aws-lambda-managed-instances/ (read 2026-11-20)
 */
export const RESERVED_PER_INSTANCE = { vCpus: 1, memoryMiB: 1024 };
