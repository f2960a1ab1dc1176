// Reads a zone file with dns-zonefile and prints how many records it kept: the peer that npm has.
import { readFileSync } from "node:fs";
import zonefile from "dns-zonefile";

const zone = zonefile.parse(readFileSync(process.argv[2], "latin1"));
const records = Object.values(zone).filter(Array.isArray);
console.log(records.reduce((sum, list) => sum + list.length, zone.soa ? 1 : 0));
