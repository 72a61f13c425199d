import { Tool } from './toolchains';
import { Peers } from '../as-a-user/peers';

/** Where the check works: everything that it makes is here, nothing in the repository changes. */
export interface Workplace {
  /** Deleted at the end. */
  readonly temporary: string;
  /** Kept for the next run: downloads, and the modules of CDK for Go. */
  readonly cache: string;
  readonly tarball: string;
  readonly peers: Peers;
}

/** An app that is ready for `cdk synth`. */
export interface ReadyApp {
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A language, and how its users get the package and start an app with it. */
export interface Language {
  readonly name: string;
  readonly tools: readonly Tool[];
  /** Packs the library, and puts the example next to it as its user has it: nothing of it is changed but what finds the package. */
  prepare(workplace: Workplace): ReadyApp;
  /** Does what the quickstart in this language says, and returns the folder. `prepare` comes before. */
  followQuickstart(workplace: Workplace): string;
}
