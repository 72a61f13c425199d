/**
 * The memory of one GPU, in the sizes that a function can request.
 *
 * Lambda gives a function a GPU with at least that much memory. AWS hasn't published which instance types it uses; the families named here have
 * NVIDIA GPUs of that size (EC2's types of August 2026).
 *
 * Source: https://docs.aws.amazon.com/lambda/latest/api/API_AcceleratorConfig.html (read 2026-11-20)
 */
export class GpuMemory {
  /** An eighth of an L4: g6f. */
  public static readonly GIB_3 = GpuMemory.of(3);

  /** A quarter of an L4: g6f. */
  public static readonly GIB_6 = GpuMemory.of(6);

  /** Half an L4: g6f and gr6f. */
  public static readonly GIB_12 = GpuMemory.of(12);

  /** A T4: g4dn. */
  public static readonly GIB_16 = GpuMemory.of(16);

  /** An A10G or an L4: g5, g6 and gr6. */
  public static readonly GIB_24 = GpuMemory.of(24);

  /** An L40S: g6e. */
  public static readonly GIB_48 = GpuMemory.of(48);

  /**
   * Returns a size in GiB for which this class has no constant. The checks refuse a size that AWS hasn't documented, unless `supportedGpuMemorySizes`
   * of `ManagedInstancesLimits` contains it.
   */
  public static of(gibibytes: number): GpuMemory {
    return new GpuMemory(gibibytes);
  }

  /**
   * The size in GiB, which is the value of `AcceleratorMemorySize`.
   */
  public readonly gibibytes: number;

  private constructor(gibibytes: number) {
    this.gibibytes = gibibytes;
  }
}
