import { n as findInclude, t as ZoneWindow } from "./zoneFile.js";
import { At as readName, Mt as className, Nt as typeName, On as Source, Ot as looksLikeZone, i as jsonText, jt as viewOf, kt as ZoneParser } from "./parse.js";
import { basename, dirname } from "node:path";
import { Buffer } from "node:buffer";
import { parseArgs } from "node:util";
import { closeSync, fstatSync, openSync, realpathSync, writeSync } from "node:fs";

// src/commands/records.ts
/** What `mta-sts-guard records --help` prints. */
const help = `Prints the records of a zone file, one a line: owner TTL CLASS TYPE RDATA. Names
are absolute and in lower case. What cannot be read is told on stderr, as
FILE:LINE:COLUMN: message.

usage: mta-sts-guard records FILE [options]

  --origin NAME        what relative names end in (default: what the file's first
                       $ORIGIN or its SOA record says, else the file's name)
  --root DIR           where $INCLUDE looks after the including file's folder, and
                       what it may not leave (default: the zone file's folder)
  --format text|json   how to print (default: text)
  -h, --help           this text

Exit status: 0 all was read; 1 something is wrong; 2 the file cannot be read.
`;
/** Runs `records` as the command line asks; the exit status. */
function runRecords(argv) {
	const stderr = (text) => void write$1(2, Buffer.from(text));
	const stdout = (bytes) => write$1(1, bytes);
	try {
		const { values, positionals } = parseArgs({
			args: [...argv],
			allowPositionals: true,
			options: {
				origin: { type: "string" },
				root: { type: "string" },
				format: {
					type: "string",
					default: "text"
				},
				help: {
					type: "boolean",
					short: "h",
					default: false
				}
			}
		});
		if (values.help) {
			stdout(Buffer.from(help));
			return 0;
		}
		const { format, origin, root } = values;
		const [file, ...more] = positionals;
		if (file === void 0 || more.length > 0) throw new Unusable("records takes one FILE; see records --help.");
		if (format !== "text" && format !== "json") throw new Unusable(`--format ${format} is unknown: use text or json.`);
		return records({
			file,
			origin,
			root,
			format,
			stdout,
			stderr
		});
	} catch (error) {
		if (!(error instanceof Unusable) && !isArgumentError(error)) throw error;
		stderr(`mta-sts-guard: ${error.message.replace(/\s*\n\s*/g, " ")}\n`);
		return 2;
	}
}
/** Prints the records of a zone file: 0 if all could be read, 1 if not, 2 if the file or the request is unusable. */
function records(request) {
	try {
		return new RecordPrinter(request).run();
	} catch (error) {
		if (error instanceof ReaderGone) return 0;
		if (!(error instanceof Unusable)) throw error;
		request.stderr(`mta-sts-guard: ${error.message}\n`);
		return 2;
	}
}
/** A request that cannot be carried out, with the line that says so. */
var Unusable = class extends Error {};
/** Nobody reads the output any more (`records x | head`). */
var ReaderGone = class extends Error {};
const CHUNK = 1 << 18;
/** Prints as the parser reads, so that memory does not grow with the file. */
var RecordPrinter = class {
	#request;
	#root;
	#parser;
	#printed = 0;
	#problems = [];
	#faulty = false;
	constructor(request) {
		this.#request = request;
		this.#root = request.root ?? dirname(request.file);
	}
	run() {
		const { file, format } = this.#request;
		const window = openWindow(file);
		checkFolder(this.#root);
		window.refill(0);
		const origin = this.#origin(window);
		const habits = {
			strict: true,
			maxIncludeDepth: 32,
			maxGenerateSteps: 65536,
			maxGenerated: Number.MAX_SAFE_INTEGER
		};
		const parser = this.#parser = new ZoneParser(origin, habits, this);
		if (format === "json") parser.out.ascii("{\"records\":[");
		parser.read(window);
		this.close(window);
		if (format === "json") this.#append(`${this.#printed > 0 ? "\n" : ""}],"problems":[${this.#problems.join(",")}${this.#problems.length > 0 ? "\n" : ""}]}\n`);
		this.#flush();
		return this.#faulty ? 1 : 0;
	}
	record() {
		const { out } = this.#parser;
		if (this.#request.format === "json") this.#recordAsJson();
		else out.byte(10);
		this.#printed++;
		if (out.length >= CHUNK) this.#flush();
	}
	problem(fault, start, end) {
		this.#faulty = true;
		const { entry, file } = this.#parser;
		const { line, column } = entry.place(start);
		if (this.#request.format === "text") {
			this.#request.stderr(`${file.path}:${line}:${column}: ${fault}\n`);
			return;
		}
		const { line: endLine, column: endColumn } = entry.place(end);
		this.#problems.push(`\n${jsonText({
			message: fault,
			path: file.path,
			line,
			column,
			endLine,
			endColumn
		})}`);
	}
	unknown() {}
	open(name) {
		const { file } = this.#parser;
		const found = findInclude(name, file.path, this.#root);
		if (typeof found === "string") return found;
		try {
			return new ZoneWindow(found.path, openSync(found.real, "r"), found.real);
		} catch (error) {
			return `it cannot be read (${error.code})`;
		}
	}
	close(file) {
		if (file instanceof ZoneWindow) closeSync(file.descriptor);
	}
	#origin(window) {
		const { origin, file } = this.#request;
		if (origin !== void 0) {
			const name = readName(origin);
			if (name === void 0) throw new Unusable(`--origin ${origin} is no domain name.`);
			return name;
		}
		const name = looksLikeZone(new Source("head", file, window.bytes.subarray(0, window.end)))?.origin ?? readName(originInFileName(file));
		if (name === void 0) throw new Unusable(`${file} does not say which zone it is: add --origin NAME.`);
		return name;
	}
	#recordAsJson() {
		const parser = this.#parser;
		const { out, entry, recordStart, ownerEnd, rdataStart } = parser;
		const start = entry.place(entry.tokenStart(0));
		const end = entry.place(entry.tokenEnd(entry.count - 1));
		const text = jsonText({
			owner: out.text(recordStart, ownerEnd),
			ttl: parser.ttl,
			class: className(parser.rdclass),
			type: typeName(parser.type),
			rdata: out.text(rdataStart, out.length),
			path: parser.file.path,
			line: start.line,
			column: start.column,
			endLine: end.line,
			endColumn: end.column
		});
		out.length = recordStart;
		this.#append(`${this.#printed > 0 ? "," : ""}\n${text}`);
	}
	#append(text) {
		const bytes = Buffer.from(text);
		this.#parser.out.reserve(bytes.length);
		this.#parser.out.copy(viewOf(bytes), 0, bytes.length);
	}
	#flush() {
		const { out } = this.#parser;
		if (!this.#request.stdout(out.bytes.subarray(0, out.length))) throw new ReaderGone();
		out.length = 0;
	}
};
function openWindow(file) {
	let descriptor;
	try {
		descriptor = openSync(file, "r");
		if (fstatSync(descriptor).isDirectory()) throw new Unusable(`${file} is a directory: name a zone file.`);
		return new ZoneWindow(file, descriptor, realpathSync(file));
	} catch (error) {
		throw error instanceof Unusable ? error : new Unusable(`${file} cannot be read: ${reason(error)}.`);
	}
}
function checkFolder(root) {
	try {
		realpathSync(root);
	} catch (error) {
		throw new Unusable(`--root ${root} cannot be read: ${reason(error)}.`);
	}
}
/** `x.zone`, `db.x`, `x.db`, `x.hosts`, `x`: the names that zone files have. */
function originInFileName(file) {
	return basename(file).replace(/^db\.(?=.)|\.(?:zone|db|hosts)$/, "");
}
function reason(error) {
	const { code, message } = error;
	if (code === "ENOENT") return "there is no such file";
	return code === "EACCES" ? "permission is denied" : code ?? message;
}
function isArgumentError(error) {
	return error instanceof Error && (error.code ?? "").startsWith("ERR_PARSE_ARGS_");
}
function write$1(descriptor, bytes) {
	for (let at = 0; at < bytes.length;) try {
		at += writeSync(descriptor, bytes, at);
	} catch (error) {
		const { code } = error;
		if (code === "EPIPE") return false;
		if (code !== "EAGAIN") throw error;
		Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
	}
	return true;
}

export { runRecords };