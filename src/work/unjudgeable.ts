import { Unusable } from "../load/unusable.ts";

/** What no other try judges either, told in one line. */
export class Unjudgeable extends Unusable {}
