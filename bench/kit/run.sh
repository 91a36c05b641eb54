#!/bin/sh
# Runs the bench with what lies beside this file, whatever the environment is.
case $0 in */*) here=${0%/*} ;; *) here=. ;; esac
here=$(cd "$here" && pwd) || exit 1
PATH=${PATH:-/usr/local/bin:/usr/bin:/bin}
export PATH
# The Vulkan loader, where the kit brings one along.
if [ -e "$here/lib/libvulkan.so.1" ]; then
  LD_LIBRARY_PATH=$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
  export LD_LIBRARY_PATH
fi
exec "$here/bin/node" "$here/bench/run-kit.js" "$@"
