/**
 * Collects the logs of an execution environment. Standard output is a file, because synchronous writes to a full pipe fail. Clients that can use a
 * socket get one, so that the lines of several processes don't mix.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { createServer, Server, Socket } from 'node:net';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';

const CHUNK = 1024 * 1024;

/** Splits output that arrives in pieces into lines. */
class Lines {
  private readonly decoder = new StringDecoder();
  private rest = '';

  public add(chunk: Buffer): string[] {
    const lines = (this.rest + this.decoder.write(chunk)).split('\n');
    this.rest = lines.pop()!;
    return lines.filter((line) => line.trim() !== '');
  }
}

export class LogCollector {
  public static async start(directory: string): Promise<LogCollector> {
    const collector = new LogCollector(directory);
    await new Promise<void>((resolve) => collector.server.listen(collector.socketPath, resolve));
    return collector;
  }

  /** The path of the socket that a client may connect to. It needs a file as its standard output as well. */
  public readonly socketPath: string;
  /** The file descriptor for the client's standard output and error. */
  public readonly descriptor: number;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private readonly fromSockets: string[] = [];
  private readonly file: number;
  private readonly fileLines = new Lines();
  private readonly buffer = Buffer.alloc(CHUNK);

  private constructor(directory: string) {
    const path = join(directory, 'output.log');
    this.socketPath = join(directory, 'log.sock');
    this.descriptor = openSync(path, 'a');
    this.file = openSync(path, 'r');
    this.server = createServer((socket) => {
      const lines = new Lines();
      this.sockets.add(socket);
      socket.on('data', (chunk) => this.fromSockets.push(...lines.add(chunk)));
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  /** Returns the lines that arrived since the last call. */
  public take(): string[] {
    const lines = this.fromSockets.splice(0);
    for (let read = readSync(this.file, this.buffer); read > 0; read = readSync(this.file, this.buffer)) {
      lines.push(...this.fileLines.add(this.buffer.subarray(0, read)));
    }
    return lines;
  }

  public close(): void {
    this.sockets.forEach((socket) => socket.destroy());
    this.server.close();
    closeSync(this.descriptor);
    closeSync(this.file);
  }
}
