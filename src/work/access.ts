import type { Failure } from "../github/failure.ts";

/** What GitHub said of an installation's requests in one answer. */
export interface Heard {
  /** `failed` where no answer came. */
  readonly status: number | "failed";
  /** Those that tell of limits. */
  readonly headers: NonNullable<Failure["headers"]>;
}

/** What the clients of one installation share, wherever they are. */
export interface Access {
  /** A token that is good for some minutes, another one if asked for `anew`; throws where the installation is gone or suspended. */
  token(anew?: boolean): Promise<string>;
  /** Resolves when the next write may go out. */
  turn(): Promise<void>;
  /** Takes what GitHub said. */
  heard(answer: Heard): void;
  /** Takes that GitHub refused for a limit, and how long it is to be left alone, ms. */
  refused(wait: number): void;
}
