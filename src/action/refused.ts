/** What the workflow or its event says wrongly, one sentence a mistake, each told in a line of its own. */
export class Refused extends Error {
  readonly reasons: readonly string[];

  constructor(reasons: readonly string[]) {
    super(reasons.join(" "));
    this.name = "Refused";
    this.reasons = reasons;
  }
}
