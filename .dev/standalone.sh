#!/usr/bin/env bash
# standalone.sh HTTP_PORT GRPC_PORT [DATA_DIRECTORY]: runs the whole product in one process; SIGTERM or Ctrl-C stops it. It makes the
# directory, for its user alone.
set -euo pipefail
cd "$(dirname "$0")/.."

data=${3:-${Standalone__DataDirectory:-}}
[[ -z $data || $data == /* ]] || data=$PWD/$data
[[ -z $data ]] || export Standalone__DataDirectory=$data
export Kestrel__Endpoints__Http__Url=http://127.0.0.1:$1
export Kestrel__Endpoints__Grpc__Url=http://127.0.0.1:$2
# As in the images of the services.
export DOTNET_GCgen0size=0x1000000
cd services/Standalone/bin/Release/net10.0
exec dotnet CodeInterpreter.Standalone.dll
