#!/bin/sh
# Installs the parsers that the bench compares with: BIND's and ldns's. dns-zonefile comes with npm ci.
set -eu
missing=""
command -v named-compilezone >/dev/null || missing="$missing bind9-utils"
command -v ldns-read-zone >/dev/null || missing="$missing ldnsutils"
test -n "$missing" || exit 0
as_root=""
test "$(id -u)" -eq 0 || as_root=sudo
$as_root apt-get update -q
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $missing
