import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { Buffer } from "node:buffer";
import { fstatSync, readSync, realpathSync, statSync } from "node:fs";

// src/load/zoneIncludes.ts
/**
* Finds what an `$INCLUDE` names: first in the including file's folder, then in the root, and never outside the root,
* wherever links lead; a string says why not.
*/
function findInclude(name, from, root) {
	if (isAbsolute(name)) return "only files in the zone's own folders may be read, so the path must be relative";
	if (name === "" || name.includes("\0")) return "this is no file name";
	let refused;
	for (const folder of [dirname(from), root]) {
		const found = look(join(folder, name), root);
		if (typeof found !== "string") return found;
		refused = refused === void 0 || refused === missing ? found : refused;
	}
	return refused ?? missing;
}
const missing = "there is no such file in the zone's folder or in the root";
const outside = (root) => `it lies outside ${root}, which --root allows to widen`;
function look(path, root) {
	if (!isInside(resolve(path), resolve(root))) return outside(root);
	try {
		const real = realpathSync(path);
		if (!isInside(real, realpathSync(root))) return outside(root);
		const stat = statSync(real);
		if (stat.isDirectory()) return "it is a directory";
		return stat.isFile() ? {
			path,
			real
		} : "it is no ordinary file";
	} catch (error) {
		const { code } = error;
		if (code === "ENOENT" || code === "ENOTDIR") return missing;
		return code === "ELOOP" ? "its links lead in a circle" : `it cannot be read (${code})`;
	}
}
function isInside(path, root) {
	const way = relative(root, path);
	return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

// src/load/zoneWindow.ts
/** Big enough that its edges cost nothing, small enough for the processor's cache. */
const WINDOW = 1 << 18;
/** A file read through a window that moves over it, so that memory does not grow with the file. */
var ZoneWindow = class {
	path;
	identity;
	templated = false;
	descriptor;
	bytes;
	end = 0;
	complete = false;
	/** `path` is for messages; `real`, the path without links, tells one file from another. */
	constructor(path, descriptor, real) {
		this.path = path;
		this.identity = real;
		this.descriptor = descriptor;
		const stat = fstatSync(descriptor);
		this.bytes = Buffer.allocUnsafeSlow(stat.isFile() ? Math.min(WINDOW, Math.max(4096, stat.size + 1)) : WINDOW);
	}
	refill(keep) {
		if (keep > 0) this.bytes.copyWithin(0, keep, this.end);
		this.end -= keep;
		if (this.end === this.bytes.length) {
			const grown = Buffer.allocUnsafeSlow(this.bytes.length * 2);
			this.bytes.copy(grown);
			this.bytes = grown;
		}
		const read = readSync(this.descriptor, this.bytes, this.end, this.bytes.length - this.end, null);
		this.end += read;
		this.complete = read === 0;
		return 0;
	}
};

export { findInclude as n, ZoneWindow as t };