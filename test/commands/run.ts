import { vi } from "vitest";

/** What a command printed, and its exit status or the error it threw. */
export interface Printed {
  readonly status: number | undefined;
  readonly error: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command inside the test's own process. */
export async function run(command: () => number | Promise<number>): Promise<Printed> {
  const printed = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((stream) =>
    vi.spyOn(process[stream], "write").mockImplementation((text) => {
      printed[stream] += String(text);
      return true;
    }),
  );
  try {
    return { status: await command(), error: undefined, ...printed };
  } catch (error) {
    return { status: undefined, error, ...printed };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
