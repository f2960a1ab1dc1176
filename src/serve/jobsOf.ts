import * as z from "zod";
import type { Job, PullJob, Target } from "../queue/job.ts";

/** A delivery that is signed, but not shaped as GitHub says. */
export class Malformed extends Error {
  constructor(event: string, where: string) {
    super(`A delivery of ${event} is not shaped as GitHub describes it: ${where}.`);
    this.name = "Malformed";
  }
}

type Reader = (payload: unknown, appId: number) => readonly Job[];

/** A shape, and what one that fits asks for. */
function asks<T>(shape: z.ZodType<T>, jobs: (payload: T, appId: number) => readonly Job[]): Reader {
  return (payload, appId) => jobs(shape.parse(payload), appId);
}

const id = z.int().positive();
const name = z.string().regex(/^[\w.-]{1,100}$/);
const commit = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
const login = z.string().regex(/^[\w.-]{1,100}(?:\[bot\])?$/);
const installation = z.object({ id });
const repository = z.object({ id, name, owner: z.object({ login: name }) });
const here = { installation, repository };

/** Pull requests as check runs and suites list them: also those of other repositories with the same head. */
const ofHead = {
  app: z.object({ id }),
  head_sha: commit,
  pull_requests: z.array(z.object({ number: id, base: z.object({ repo: z.object({ id }) }) })).optional(),
};

const ACTION = z.object({ action: z.string() });
const INSTALLATION = z.object({ installation });
const PULL = z.object({ ...here, pull_request: z.object({ number: id, head: z.object({ sha: commit }) }) });
const EDITED = PULL.extend({
  changes: z.object({ base: z.unknown().optional() }),
  pull_request: PULL.shape.pull_request.extend({ base: z.object({ ref: z.string() }) }),
});
const GROUP = z.object({
  ...here,
  merge_group: z.object({ base_sha: commit, head_sha: commit, base_ref: z.string().optional() }),
});
const RUN = z.object({ ...here, check_run: z.object({ id, ...ofHead, check_suite: z.object(ofHead).partial() }) });
const SUITE = z.object({ ...here, check_suite: z.object(ofHead) });
const PRESS = z.object({
  ...here,
  check_run: z.object({ id, app: ofHead.app }),
  requested_action: z.object({ identifier: z.string().max(20) }),
  sender: z.object({ login, id }),
});
const COMMENT = z.object({
  ...here,
  issue: z.object({ number: id, pull_request: z.object({}).nullish() }),
  comment: z.object({ body: z.string(), user: z.object({ login, id, type: z.string() }).nullable() }),
});

/** The comment that asks for another look: a line of its own. */
const RECHECK = /^[ \t]*\/mta-sts recheck[ \t]*\r?$/m;

const pull = asks(PULL, (payload) => [pullJob(payload)]);
const sweep = asks(INSTALLATION, ({ installation }) => [{ kind: "sweep", installation: installation.id }]);

/** Every event and action that asks for something, and what. All else that GitHub sends is acknowledged and left. */
export const EVENTS: Readonly<Record<string, Readonly<Record<string, Reader>>>> = {
  pull_request: {
    opened: pull,
    synchronize: pull,
    reopened: pull,
    ready_for_review: pull,
    // Another base branch is another change; a title or a text is not.
    edited: asks(EDITED, (payload) => {
      const { changes, pull_request: edited } = payload;
      return changes.base === undefined ? [] : [{ ...pullJob(payload), into: edited.base.ref }];
    }),
  },
  merge_group: {
    checks_requested: asks(GROUP, (payload) => {
      const { base_sha: base, head_sha: head, base_ref: ref } = payload.merge_group;
      const branch = ref?.replace(/^refs\/heads\//, "");
      return [{ kind: "merge-group", ...targetOf(payload), base, head, ...(branch === undefined ? {} : { branch }) }];
    }),
  },
  check_run: {
    rerequested: asks(RUN, (payload, appId) => {
      const { check_run: run } = payload;
      return again(payload, { ...run, pull_requests: run.pull_requests ?? run.check_suite.pull_requests }, appId);
    }),
    requested_action: asks(PRESS, (payload, appId) => {
      const { check_run: run, requested_action: action, sender } = payload;
      if (run.app.id !== appId) return [];
      const by = { by: sender.login, byId: sender.id };
      return [{ kind: "press", ...targetOf(payload), checkRun: run.id, button: action.identifier, ...by }];
    }),
  },
  check_suite: { rerequested: asks(SUITE, (payload, appId) => again(payload, payload.check_suite, appId)) },
  issue_comment: {
    created: asks(COMMENT, (payload) => {
      const { issue, comment } = payload;
      // A bot that quotes the command, we among them, asks for nothing.
      if (!issue.pull_request || comment.user?.type !== "User" || !RECHECK.test(comment.body)) return [];
      return [
        { kind: "recheck", ...targetOf(payload), number: issue.number, by: comment.user.login, byId: comment.user.id },
      ];
    }),
  },
  // What was opened before the App came, or while it was suspended or might not do its work, was never told.
  installation: { created: sweep, unsuspend: sweep, new_permissions_accepted: sweep },
  installation_repositories: { added: sweep },
};

/** What a delivery asks for; nothing where it is not in `EVENTS`. Throws `Malformed`. */
export function jobsOf(event: string, payload: unknown, appId: number): readonly Job[] {
  const actions = Object.hasOwn(EVENTS, event) ? EVENTS[event] : undefined;
  if (!actions) return [];
  const { action } = typed(event, () => ACTION.parse(payload));
  const read = Object.hasOwn(actions, action) ? actions[action] : undefined;
  return read ? typed(`${event}.${action}`, () => read(payload, appId)) : [];
}

/** A head that is to be judged again, where it is our own check that somebody asked about. */
function again(
  payload: { readonly installation: { readonly id: number }; readonly repository: z.infer<typeof repository> },
  { app, head_sha: head, pull_requests: pulls = [] }: z.infer<z.ZodObject<typeof ofHead>>,
  appId: number,
): readonly Job[] {
  if (app.id !== appId) return [];
  const target = targetOf(payload);
  const ours = pulls.filter(({ base }) => base.repo.id === payload.repository.id);
  // GitHub lists no pull request of a fork, and none of a merge group.
  if (ours.length === 0) return [{ kind: "head", ...target, head }];
  return ours.map(({ number }) => ({ kind: "pull", ...target, number }));
}

function pullJob(payload: z.infer<typeof PULL>): PullJob {
  const { number, head } = payload.pull_request;
  return { kind: "pull", ...targetOf(payload), number, seen: head.sha };
}

function targetOf(payload: {
  readonly installation: { readonly id: number };
  readonly repository: z.infer<typeof repository>;
}): Target {
  const { installation, repository } = payload;
  return { installation: installation.id, owner: repository.owner.login, repo: repository.name };
}

function typed<T>(event: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    // Only where: what stands there is a stranger's.
    throw new Malformed(event, error.issues[0]?.path.join(".") || "it is no object");
  }
}
