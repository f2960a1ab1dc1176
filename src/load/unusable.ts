/** What the machine or its user did wrongly, told in one line that says what and what to do; ends the run with status 2. */
export class Unusable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    // Revisions, paths and git's own words come from outside: no line break or terminal escape may ride on them.
    super(message.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ").trim(), options);
    this.name = "Unusable";
  }
}
