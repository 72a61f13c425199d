import { InstanceArchitecture } from '../service/architectures';

/** The GPUs of an instance type. */
export interface Gpu {
  readonly maker: string;
  readonly name: string;
  /** The number of GPUs. A fraction of a GPU counts as one. */
  readonly count: number;
  /** The memory of each GPU, in GB. */
  readonly memory: number;
}

/** The facts about an EC2 instance type. */
export interface InstanceType {
  /** The name: `c8g.2xlarge`. */
  readonly name: string;
  /** The family: `c8g`. */
  readonly family: string;
  /** The size: `2xlarge`. */
  readonly size: string;
  /** The category: `c`. */
  readonly category: string;
  /** The generation: 8. */
  readonly generation: number;
  readonly architecture: InstanceArchitecture;
  /** The manufacturer of the processor: `intel`, `amd` or `aws`. */
  readonly maker: string;
  readonly vCpus: number;
  readonly memoryMiB: number;
  /** The baseline bandwidth. Unknown for types before generation 5. */
  readonly networkMbps?: number;
  /** The storage on local disks, in GB. 0 without local disks. */
  readonly localStorageGB: number;
  readonly isFlex: boolean;
  readonly isMetal: boolean;
  readonly gpu?: Gpu;
}

/** Reads a generated table. Its format is described at the head of the file. */
export function parseTable(table: string): InstanceType[] {
  return table.trim().split('\n').flatMap((line) => {
    const [family, maker, ratio, ...rest] = line.split(' ');
    const [gpuMaker, gpuName, gpuMemory] = rest[0].includes('/') ? rest.shift()!.split('/') : [];
    const [, category, generation] = /^([a-z]+)(\d+)/.exec(family)!;
    return rest.map((entry): InstanceType => {
      const [shortSize, network, disk, gpus, cpus, memory] = entry.split(':');
      const size = shortSize.replace(/^(\d*x?)l$/, '$1large');
      const vCpus = Number(cpus || vCpusOfSize(size));
      return {
        name: `${family}.${size}`,
        family,
        size,
        category,
        generation: Number(generation),
        architecture: maker === 'aws' ? 'arm64' : 'x86_64',
        maker,
        vCpus,
        memoryMiB: Number(memory || vCpus * Number(ratio) * 1024),
        networkMbps: network ? Number(network) : undefined,
        localStorageGB: Number(disk ?? 0),
        isFlex: family.endsWith('-flex'),
        isMetal: size.startsWith('metal'),
        gpu: gpuMaker ? { maker: gpuMaker, name: gpuName, count: Number(gpus), memory: Number(gpuMemory) } : undefined,
      };
    });
  });
}

/** Returns the vCPUs that a size usually has: 8 for `2xlarge` and `metal-2xl`. */
export function vCpusOfSize(size: string): number | undefined {
  if (size === 'medium' || size === 'large') return size === 'large' ? 2 : 1;
  const multiple = /^(?:metal-)?(\d*)xl(?:arge)?$/.exec(size);
  return multiple ? 4 * Number(multiple[1] || 1) : undefined;
}
