/**
 * The interface to AWS's runtime client of a language: how it is found, and how it is started.
 */
import { FunctionDescription } from './function-description';

/** The layout of an execution environment. */
export interface Topology {
  /** The layout in words, for messages: `1 worker`, `16 processes`. */
  readonly name: string;
  /** The number of worker threads, processes or threads that take events. */
  readonly workers: number;
  /** The most requests that the environment takes at once. */
  readonly concurrency: number;
}

/** The command with which a client is started, and its needs. */
export interface Launch {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Whether the client connects to the socket for logs. */
  readonly usesLogSocket: boolean;
  /** The folders that the client reads besides the code. */
  readonly visible: readonly string[];
  /** The number of long polls that are open when the client is ready. */
  readonly polls: number;
}

export interface LaunchContext {
  readonly function: FunctionDescription;
  readonly topology: Topology;
  /** A file to which crashes may be reported. */
  readonly reports: string;
}

export interface RuntimeClient {
  readonly language: 'Node.js' | 'Python' | 'Java';
  /** The package and its version: `aws-lambda-ric 4.0.2`. */
  readonly name: string;
  /** Differences between the rehearsal and the deployed function. */
  readonly notes: readonly string[];
  /** Whether a request that computes keeps the other requests of its worker waiting. */
  readonly sharesThread: boolean;
  /** Returns the layouts to rehearse in, from the one in which shared state shows most to the one that is deployed. */
  topologies(fn: FunctionDescription): readonly Topology[];
  launch(context: LaunchContext): Launch;
}

/** The folders in which a client and an interpreter are searched. */
export interface ClientSearch {
  readonly function: FunctionDescription;
  /** The folder into which the client was installed. If absent, the folders of the code and of the caller are searched. */
  readonly clientDirectory?: string;
  /** The program that runs the code. If absent, it is the one for the function's runtime, or any installed version. */
  readonly interpreter?: string;
}
