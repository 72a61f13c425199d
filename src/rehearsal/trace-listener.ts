/**
 * Stands in for the X-Ray daemon, and takes the segments that a handler's libraries send by UDP.
 */
import { createSocket, Socket } from 'node:dgram';

export class TraceListener {
  public static async start(): Promise<TraceListener> {
    const listener = new TraceListener();
    await new Promise<void>((resolve) => listener.socket.bind(0, '127.0.0.1', resolve));
    return listener;
  }

  private readonly socket: Socket = createSocket('udp4');
  private readonly segments: string[] = [];

  private constructor() {
    // A packet is a header, a line break and the segment.
    this.socket.on('message', (message) => {
      const text = message.toString();
      this.segments.push(text.slice(text.indexOf('\n') + 1));
    });
  }

  public get address(): string {
    return `127.0.0.1:${this.socket.address().port}`;
  }

  /** Returns the segments that arrived since the last call. */
  public take(): string[] {
    return this.segments.splice(0);
  }

  public close(): void {
    this.socket.close();
  }
}
