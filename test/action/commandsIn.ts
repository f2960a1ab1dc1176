/** A workflow command as GitHub's runner reads it from a log. */
export interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/** The commands in what a step prints; the runner ends a line at CR, too, and takes the old form from anywhere in it. */
export function commandsIn(log: string): readonly Command[] {
  return log.split(/\r\n|\r|\n/).flatMap((line) => {
    const [, name, told = "", data = ""] = /^[\s\u0085]*::(\S+?)(?: (.*?))?::(.*)$/.exec(line) ?? [];
    if (name !== undefined) return [{ name, properties: propertiesOf(told, ","), data: decoded(data) }];
    const [, old, more = "", rest = ""] = /##\[(\S+?)(?: (.*?))?\](.*)$/.exec(line) ?? [];
    return old === undefined ? [] : [{ name: old, properties: propertiesOf(more, ";"), data: rest }];
  });
}

function propertiesOf(text: string, between: string): Readonly<Record<string, string>> {
  const pairs = text.split(between).map((pair) => pair.trim().split(/=(.*)/, 2));
  return Object.fromEntries(pairs.map(([name = "", value = ""]) => [name, decoded(value)]));
}

function decoded(text: string): string {
  return text
    .replaceAll("%0D", "\r")
    .replaceAll("%0A", "\n")
    .replaceAll("%3A", ":")
    .replaceAll("%2C", ",")
    .replaceAll("%25", "%");
}
