import { u as Unusable } from "./first.js";
import { i as recordLine } from "./rules.js";
import { n as runCheck } from "./check2.js";
import { dirname, join } from "node:path";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";

// src/commands/demo.ts
const help = `Builds a small sample repository in a temporary directory, runs check on its pull request and shows the result.

usage: mta-sts-guard demo

Nothing is left behind. Exit status: 0.
`;
const ZONE = `$ORIGIN nordwind.de.
$TTL 1h
@         SOA   ns1 hostmaster ( 2026051801 4h 1h 1w 5m )
          NS    ns1
          MX    10 mx1
ns1       A     203.0.113.53
mx1       A     203.0.113.25
mta-sts   A     185.199.108.153
_mta-sts  TXT   "v=STSv1; id=20260518T090000Z"
${recordLine("_smtp._tls.nordwind.de.", "v=TLSRPTv1; rua=mailto:tls-reports@nordwind.de")}
`;
const POLICY = `version: STSv1
mode: testing
mx: mx1.nordwind.de
max_age: 604800
`;
/** What the pull request does: a second MX host, and the step to enforce. */
const CHANGE = {
	"zones/nordwind.de.zone": ZONE.replace("MX    10 mx1\n", "MX    10 mx1\n          MX    20 mx2.fabrikam.net.\n"),
	"policies/nordwind.de/mta-sts.txt": POLICY.replace("testing", "enforce")
};
/** Runs `demo`; resolves to the exit status. */
async function runDemo(argv) {
	if (argv.includes("--help")) return process.stdout.write(help), 0;
	if (argv.length > 0) throw new Unusable("demo takes no arguments. See mta-sts-guard demo --help.");
	const folder = mkdtempSync(join(tmpdir(), "mta-sts-guard-demo-"));
	try {
		buildRepository(folder);
		process.stdout.write("A team keeps its zone and its MTA-STS policy in git. A pull request adds a backup MX host and switches the policy\nfrom testing to enforce. This is what the review says before it is merged:\n\n");
		await runCheck([
			"--repo",
			folder,
			"--base",
			"main",
			"--head",
			"change",
			"--now",
			"2026-05-25T09:00:00Z"
		], true);
	} finally {
		rmSync(folder, {
			recursive: true,
			force: true
		});
	}
	return 0;
}
function buildRepository(folder) {
	const git = (date, ...args) => {
		const who = {
			GIT_AUTHOR_NAME: "Demo",
			GIT_AUTHOR_EMAIL: "demo@example.org",
			GIT_COMMITTER_NAME: "Demo",
			GIT_COMMITTER_EMAIL: "demo@example.org"
		};
		const env = {
			...process.env,
			...who,
			GIT_AUTHOR_DATE: date,
			GIT_COMMITTER_DATE: date,
			GIT_CONFIG_GLOBAL: "/dev/null",
			GIT_CONFIG_NOSYSTEM: "1"
		};
		execFileSync("git", [
			"-C",
			folder,
			...args
		], {
			env,
			stdio: "ignore"
		});
	};
	const commit = (files, date) => {
		for (const [path, content] of Object.entries(files)) {
			mkdirSync(dirname(join(folder, path)), { recursive: true });
			writeFileSync(join(folder, path), content);
		}
		git(date, "add", "-A");
		git(date, "commit", "-qm", "Demo");
	};
	git("", "init", "-q", "-b", "main");
	commit({
		"zones/nordwind.de.zone": ZONE,
		"policies/nordwind.de/mta-sts.txt": POLICY
	}, "2026-05-18T09:00:00Z");
	git("", "checkout", "-q", "-b", "change");
	commit(CHANGE, "2026-05-25T08:00:00Z");
}

export { runDemo };