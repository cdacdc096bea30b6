#!/usr/bin/env bash
# Makes sure that there is a .NET SDK this repository can be built with.
set -euo pipefail
cd "$(dirname "$0")/.."
source .dev/progress.sh

wanted=$(sed -n 's/.*"version": "\([0-9]*\.[0-9]*\).*/\1/p' global.json)
remedy="install the .NET SDK $wanted: https://dotnet.microsoft.com/download"
command -v dotnet >/dev/null || die "dotnet is not there." "$remedy"
dotnet --version >/dev/null 2>&1 ||
  die "no installed .NET SDK is new enough; there is: $(dotnet --list-sdks | cut -d ' ' -f 1 | paste -s -d ' ' -)" "$remedy"
