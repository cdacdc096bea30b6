#!/usr/bin/env bash
# Runs the tests of the sandbox's limits, usage and memory on control groups version 2, in an emulated virtual machine with the kernel and
# the Docker engine of Debian's testing suite. CGROUP2_TESTS="test_limits test_ending" are names in services/SandboxImage/tests/container.
# It needs root on Debian for x86-64, and is slow.
source "$(dirname "$0")/lib.sh"
source .dev/second-engine.sh

[[ $(uname -m) == x86_64 ]] || die "the virtual machine needs x86-64." "run make test on a host with control groups version 2"
need qemu-system-x86_64 qemu-system-x86 "the tests run in a virtual machine"
first=$(.dev/engine.sh)
image=${SANDBOX_IMAGE:-code-interpreter/sandbox:slim}
DOCKER_HOST=$first .dev/sandbox-image.sh "$image" slim

# The engine fills its store here, and runs on it in the virtual machine.
folder=.state/cgroup2-test
start_second_engine "$folder" docker-cli,python3,linux-image-cloud-amd64,initramfs-tools,kmod,zstd,iproute2
load_image "$first" "$image"
stop_second_engine
trap - EXIT

root=$folder/root disk=$folder/disk.img
rm -rf "$root/cases" "$disk"
mkdir -p "$root/cases"
cp -r services/SandboxImage/{tests,seccomp.json} tests/ControlGroups2/init "$root/cases"
echo "$image" >"$root/cases/image"
tr ' ' '\n' <<<"${CGROUP2_TESTS:-test_cpu_time test_limits test_ending}" >"$root/cases/suites"
mke2fs -q -t ext4 -d "$root" "$disk" 5G

log=$folder/machine.log
say "starting the virtual machine (log: $log)"
timeout "${CGROUP2_TIMEOUT:-3600}" qemu-system-x86_64 -machine q35 -accel tcg -cpu Nehalem -smp 2 -m 4096 -nographic -no-reboot -nic none \
  -kernel "$root"/boot/vmlinuz-* -initrd "$root"/boot/initrd.img-* \
  -append "root=/dev/vda rw console=ttyS0 init=/cases/init quiet panic=-1" \
  -drive "file=$disk,if=virtio,format=raw,cache=unsafe" </dev/null 2>&1 | tee "$log" || true
rm -f "$disk"
grep -q 'control groups version 2: status 0' "$log" || die "a test failed." "the output is in $log"
