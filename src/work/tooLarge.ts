import { Unusable } from "../load/unusable.ts";

/** A job that takes more than a job may, told in one line; no other try fares better. */
export class TooLarge extends Unusable {}
