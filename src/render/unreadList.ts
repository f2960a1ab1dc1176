import type { Review } from "../model/review.ts";
import { skippedFiles } from "../model/survey.ts";
import { type Room, folded } from "./listed.ts";
import { plural } from "./lookedAt.ts";
import { codeSpan, prose } from "./markdownSafe.ts";

/** What looked like DNS or a policy and was not read, behind a line that opens it; empty where there is nothing. */
export function unreadList({ sides }: Review, room: Room): string {
  const files = skippedFiles(sides.head).toSorted((a, b) => Number(a.leftOut ?? false) - Number(b.leftOut ?? false));
  const samples = files.filter(({ leftOut }) => leftOut).length;
  const unread = files.length - samples;
  const title = [
    ...(unread > 0 ? [`${plural(unread, "file")} not read`] : []),
    ...(samples > 0 ? [`${plural(samples, "file")} left out`] : []),
  ].join(", ");
  const lines = files.map(({ path, line, span, reason, leftOut }) => {
    const where = `${codeSpan(path)}${line === "" ? "" : `, line ${span.start.line},`}`;
    return `- ${where} was ${leftOut ? "left out" : "not read"}: ${prose(reason)}.`;
  });
  return folded(title, lines, room);
}
