// package.json
var version = "0.1.0";
var repository = "github:mta-sts-guard/mta-sts-guard";

export { version as n, repository as t };