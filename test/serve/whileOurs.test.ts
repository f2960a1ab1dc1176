import { expect, it } from "vitest";
import { whileOurs } from "../../src/work/whileOurs.ts";

it("asks until somebody else does the job, and nothing after that, however deep", async () => {
  const asked: string[] = [];
  const client = {
    graphql: async (query: string) => asked.push(query),
    rest: { pulls: { createReview: async ({ body }: { readonly body: string }) => asked.push(body) } },
  };
  const taken = new AbortController();
  const ours = whileOurs(client, taken.signal);
  await ours.graphql("a");
  await ours.rest.pulls.createReview({ body: "b" });
  taken.abort();
  await expect(ours.graphql("c")).rejects.toThrow();
  await expect(ours.rest.pulls.createReview({ body: "d" })).rejects.toThrow();
  expect(asked).toEqual(["a", "b"]);
});
