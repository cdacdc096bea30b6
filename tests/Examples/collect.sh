# shellcheck shell=bash
# Downloads packages of documentation and leaves their programs in /examples. The base image has no Python.
set -euo pipefail

documentation=(python-matplotlib-doc python-sklearn-doc python-statsmodels-doc python-skimage-doc)
# Their programs are in no package of documentation.
sources=(seaborn networkx)

# unpack: packages of documentation are not installed, as a slim image may leave /usr/share/doc out.
unpack() {
  local package source
  apt-get download "${documentation[@]}"
  for package in *.deb; do dpkg-deb --fsys-tarfile "$package" | tar --extract --directory /unpacked --wildcards '*.py' '*.html'; done
  for source in "${sources[@]}"; do
    apt-get source --tar-only "$source"
    mkdir "/unpacked/$source"
    tar --extract --file "$source"_*.orig.tar.* --directory "/unpacked/$source" --strip-components 1 --wildcards '*/examples/*.py'
  done
}

# take_gallery LIBRARY PAGES: each page of a gallery links its program, which is in a numbered folder. The folder of the page is the group.
take_gallery() {
  local html=/unpacked/usr/share/doc/python-$1-doc/html page program group
  while IFS= read -r page; do
    program=$(grep -o '_downloads/[0-9a-f]*/[^"]*\.py' "$page" | head -n 1) || continue
    # Some pages are there without their program.
    [[ -f $html/$program ]] || continue
    group=$(basename "$(dirname "$page")")
    install -D "$html/$program" "/examples/$1/$group/$(basename "$program")"
  done < <(find "$html/$2" -mindepth 2 -name '*.html' ! -name index.html)
}

# Sources can be had wherever packages can.
if [[ -e /etc/apt/sources.list ]]; then sed -n 's/^deb /deb-src /p' /etc/apt/sources.list >/etc/apt/sources.list.d/sources-too.list; fi
find /etc/apt/sources.list.d -name '*.sources' -exec sed -i 's/^Types: deb$/Types: deb deb-src/' {} +
apt-get update
DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends xz-utils

mkdir /download /unpacked /examples /examples/statsmodels /examples/seaborn
(cd /download && unpack)
take_gallery matplotlib gallery
take_gallery skimage auto_examples
mv /unpacked/usr/share/doc/python-sklearn-doc/examples /examples/sklearn
mv /unpacked/usr/share/doc/python-statsmodels-doc/examples/python /examples/statsmodels/notebooks
mv /unpacked/networkx/examples /examples/networkx
mv /unpacked/seaborn/examples /examples/seaborn/gallery
rm -rf /download /unpacked /var/lib/apt/lists/* /var/cache/apt/*
for library in /examples/*; do echo "$(find "$library" -name '*.py' | wc -l) programs in $library"; done
