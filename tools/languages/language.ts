import { Tool } from './toolchains';
import { Peers } from '../as-a-user/peers';

/** The folders of the check. Everything that it creates is in them, and nothing in the repository changes. */
export interface Workplace {
  /** The folder that is deleted at the end. */
  readonly temporary: string;
  /** The folder that is kept for the next run, with downloads and the modules of CDK for Go. */
  readonly cache: string;
  readonly tarball: string;
  readonly peers: Peers;
}

/** An app that is ready for `cdk synth`. */
export interface ReadyApp {
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A language, with the way in which its users get the package and start an app with it. */
export interface Language {
  readonly name: string;
  readonly tools: readonly Tool[];
  /** Packs the library, and copies the example as users have it. Only the part that locates the package is changed. */
  prepare(workplace: Workplace): ReadyApp;
  /** Follows the quickstart in this language, and returns the folder. Call `prepare` first. */
  followQuickstart(workplace: Workplace): string;
}
