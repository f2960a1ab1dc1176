import { POLICY, policy } from "../nordwind.ts";
import { nordwindStory } from "../action/world.ts";
import { serve } from "./serving.ts";

const UNBUMPED = { [POLICY]: policy({ mx: ["mx1.nordwind.de", "mx9.nordwind.de"] }) };

/** A pull request that fails, and one with the same head into a branch that has its fault already. */
export async function twoOfOneHead() {
  const commits = [
    { at: "2026-06-01T12:00:00Z", files: UNBUMPED },
    { at: "2026-06-01T12:10:00Z", files: { "README.md": "hello\n" } },
  ];
  const serving = await serve(nordwindStory({}, { topic: { commits } }));
  const { standIn, target } = serving;
  const { openPull: red } = standIn.repository;
  const green = await standIn.proposeTo("half", standIn.repository.commit(red.headSha).parents[0]);
  const judge = async (number: number) => serving.do({ kind: "pull", ...target, number });
  const newest = async () => (await standIn.checks())[0];
  return { serving, standIn, judge, newest, red, green };
}
