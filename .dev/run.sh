#!/usr/bin/env bash
# Runs the whole product in the foreground. It keeps files where the program keeps them when it is started by hand, so that its commands
# find them: in Standalone__DataDirectory, or in the user's own folder for data.
source "$(dirname "$0")/lib.sh"
source .dev/product.sh

prepare services/Standalone
say "HTTP http://127.0.0.1:${HTTP_PORT:=8080}, gRPC http://127.0.0.1:${GRPC_PORT:=8081}; Ctrl-C stops"
serve "$HTTP_PORT" "$GRPC_PORT"
