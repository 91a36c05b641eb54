"""A peer's end of the line in Python: commands come as lines of JSON on standard input, answers go to
standard output; see protocol.ts."""

import json
import resource
import sys


def peak_bytes():
    """Of this process alone: what Linux tells of resource usage begins at the parent's size."""
    if sys.platform == "linux":
        with open("/proc/self/status", encoding="utf8") as status:
            lines = dict(line.split(":", 1) for line in status)
        return int(lines["VmHWM"].split()[0]) * 1024
    # In bytes on macOS.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def serve(peer):
    """Answers by the peer's methods, do_NAME for each command."""
    for line in sys.stdin:
        command = json.loads(line)
        try:
            answer = getattr(peer, "do_" + command["do"])(command)
        except Exception as error:  # The bench tells it, and goes on with the others.
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)

