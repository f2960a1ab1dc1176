import { type ParseArgsConfig, parseArgs } from "node:util";
import { Unusable } from "../load/unusable.ts";

/** A command's arguments by `node:util`'s rules; throws `Unusable` with the first sentence of what is wrong with them. */
export function readArguments<T extends ParseArgsConfig>(command: string, config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new Unusable(`${(error as Error).message.split(/\.\s/)[0]}. See mta-sts-guard ${command} --help.`);
  }
}
