// package.json
var name = "mta-sts-guard";
var version = "0.1.0";
var repository = "github:mta-sts-guard/mta-sts-guard";

export { repository as n, version as r, name as t };