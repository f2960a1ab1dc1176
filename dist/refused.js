// src/action/refused.ts
/** What the workflow or its event says wrongly, one sentence a mistake, each told in a line of its own. */
var Refused = class extends Error {
	reasons;
	constructor(reasons) {
		super(reasons.join(" "));
		this.name = "Refused";
		this.reasons = reasons;
	}
};

export { Refused as t };