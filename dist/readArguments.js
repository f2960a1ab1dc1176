import { u as Unusable } from "./first.js";
import { parseArgs } from "node:util";

// src/commands/readArguments.ts
/** A command's arguments by `node:util`'s rules; throws `Unusable` with the first sentence of what is wrong with them. */
function readArguments(command, config) {
	try {
		return parseArgs(config);
	} catch (error) {
		throw new Unusable(`${error.message.split(/\.\s/)[0]}. See mta-sts-guard ${command} --help.`);
	}
}

export { readArguments as t };