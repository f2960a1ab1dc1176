// The engine and GitHub's client are loaded only once there is something to judge.
const { runAction } = await import("./action/runAction.ts");

process.exitCode = await runAction(process.env);
