import { readFileSync } from 'node:fs';

/** A type in the data, read without the library. */
export interface Row {
  readonly type: string;
  readonly family: string;
  readonly size: string;
  readonly category: string;
  readonly generation: number;
  readonly architecture: string;
  readonly maker: string;
  readonly vCpus: number;
  readonly memoryMiB: number;
  readonly networkMbps?: number;
  readonly localGB: number;
  readonly gpuMaker: string;
  readonly gpuCount: number;
  /** MiB. */
  readonly gpuMemory: number;
}

/** The data from which the catalogue is generated. */
export const ROWS: Row[] = readFileSync('tools/data/instance-types-2026-08.csv', 'utf-8').trim().split('\n').slice(1).map((line) => {
  const [type, architecture, maker, vCpus, memory, network, local, gpuMaker, , gpuCount, gpuMemory] = line.split(',');
  const [family, size] = type.split('.');
  return {
    type,
    family,
    size,
    category: family.replace(/\d.*/, ''),
    generation: Number(/\d+/.exec(family)![0]),
    architecture,
    maker,
    vCpus: Number(vCpus),
    memoryMiB: Number(memory),
    networkMbps: network === '' ? undefined : Number(network),
    localGB: Number(local),
    gpuMaker,
    gpuCount: Number(gpuCount),
    gpuMemory: Number(gpuMemory),
  };
});

/** Whether a type runs functions without a GPU, in the words of the documentation. */
export function runsFunctions({ category, generation, family, size }: Row): boolean {
  return ['c', 'm', 'r'].includes(category) && generation >= 5 && !family.includes('flex') && !size.includes('metal')
    && !['nano', 'micro', 'small', 'medium', ...(category === 'c' ? ['large'] : [])].includes(size);
}
