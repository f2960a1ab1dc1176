import type { Json } from "./emulated.ts";
import { Refused } from "./refused.ts";

/** One page of a list as GraphQL tells it, with GitHub's limits; `node` makes what the page needs, and no more. */
export async function connection<Item>(
  name: string,
  all: readonly Item[],
  { first, last, after, before }: Json,
  node: (item: Item) => unknown = (item) => item,
  cursorOf: (index: number) => string = (index) => Buffer.from(`cursor:${index}`).toString("base64"),
): Promise<Json> {
  if (typeof first !== "number" && typeof last !== "number") {
    const message = `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`;
    throw new Refused("MISSING_PAGINATION_BOUNDARIES", message);
  }
  const [which, asked]: [string, number] = typeof first === "number" ? ["first", first] : ["last", last];
  if (asked > 100) {
    const message = `Requesting ${asked} records on the \`${name}\` connection exceeds the \`${which}\` limit of 100 records.`;
    throw new Refused("EXCESSIVE_PAGINATION", message);
  }
  const indices = all.map((_, index) => index);
  const from = typeof after === "string" ? indices.findIndex((index) => cursorOf(index) === after) + 1 : 0;
  const end = typeof before === "string" ? indices.findIndex((index) => cursorOf(index) === before) : all.length;
  const start = which === "first" ? from : Math.max(from, end - asked);
  const stop = which === "first" ? Math.min(end, from + asked) : end;
  const page = all.slice(start, stop);
  const nodes = await Promise.all(page.map(node));
  return {
    totalCount: all.length,
    nodes,
    edges: nodes.map((each, index) => ({ cursor: cursorOf(start + index), node: each })),
    pageInfo: {
      hasNextPage: stop < all.length,
      hasPreviousPage: start > 0,
      startCursor: page.length > 0 ? cursorOf(start) : null,
      endCursor: page.length > 0 ? cursorOf(stop - 1) : null,
    },
  };
}
