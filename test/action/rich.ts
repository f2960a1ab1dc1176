import { ScratchRepository } from "../load/scratchRepository.ts";
import { POLICY, ZONE, policy, zone } from "../nordwind.ts";

const OTHER = "policies/fabrikam.de/mta-sts.txt";

/** Everything that a summary can hold: new, known, fixed and ignored findings, fixes, records, unread files. */
export function rich(): ScratchRepository {
  const repository = new ScratchRepository();
  repository.commit("2026-05-20T12:00:00Z", {
    [ZONE]: zone({ tls: '_smtp._tls TXT "v=TLSRPTv1; rua=tls@nordwind.de"', more: "old A 203.0.113.9\n" }),
    [POLICY]: policy({ maxAge: 3600 }),
    [OTHER]: policy({ mx: ["mx.fabrikam.de"], maxAge: 3600 }),
    "dns.tf": 'txt = ["v=STSv1; id=2"]\n',
    ".github/mta-sts-guard.yml":
      "version: 1\nignore:\n  - { rule: policy-max-age-short, domain: nordwind.de, until: 2027-01-31, reason: 'migration | CHG-12' }\n",
  });
  repository.git("checkout", "-qb", "change");
  repository.commit("2026-06-01T08:00:00Z", {
    [ZONE]: zone({ mx: ["10 mx1", "20 mx2.fabrikam.net."], more: "new A 203.0.113.10\n" }),
    [POLICY]: policy({ mode: "enforce", maxAge: 3600 }),
    [OTHER]: policy({ mx: ["mx.fabrikam.de", "mx2.fabrikam.de"], maxAge: 3600 }),
    ".github/workflows/mta-sts.yml": "jobs:\n  a: { steps: [{ uses: acme/mta-sts-guard@v1 }] }\n",
  });
  return repository;
}
