/** What GitHub's GraphQL refuses: an answer of its own, not a fault of the query. */
export class Refused extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

export function forbidden(): Refused {
  return new Refused("FORBIDDEN", "Resource not accessible by integration");
}

export function notFound(what: string): Refused {
  return new Refused("NOT_FOUND", `Could not resolve to ${what}.`);
}
