// src/action.ts
const { runAction } = await import("./runAction.js");
process.exitCode = await runAction(process.env);

export {  };