#!/usr/bin/env python3
"""How fast a folder of photos gets its thumbnails, and what that costs the server.

    server-config/benchmarks/thumbnails.py [--photos 24] [--callers 6] [--box 256]      after ./mvnw package

Makes photos of 12 megapixels, collects them with a fresh server, and asks for their thumbnails as a browser does. Prints
one line per figure. Linux, Python 3.8 or newer, Java 17 or newer."""
import argparse
import concurrent.futures
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
BIN = os.path.join(HERE, "..", "target", "acopio", "bin")
FREE = ["http.port=0", "rmi.port=0", "ingest.ports=off", "echo.ports=off", "echo.queue-ports=off",
        "session.thread-ports=off", "session.selector-ports=off"]


def status(pid, name):
    with open("/proc/%d/status" % pid) as file:
        return int(re.search(name + r":\s+(\d+)", file.read()).group(1)) / 1024


def cpu(pid):
    with open("/proc/%d/stat" % pid) as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def children(pid):
    found = subprocess.run(["pgrep", "-P", str(pid)], stdout=subprocess.PIPE, text=True).stdout.split()
    return [int(child) for child in found]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=24)
    parser.add_argument("--callers", type=int, default=6)
    parser.add_argument("--box", type=int, default=256)
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="acopio-thumbnails-")
    subprocess.run(["java", "-Djava.awt.headless=true", os.path.join(HERE, "Photos.java"),
                    os.path.join(folder, "photos"), str(options.photos)], check=True)
    data = os.path.join(folder, "data")
    server = subprocess.Popen([os.path.join(BIN, "acopio-server"), "--data", data] + ["-Dacopio." + one for one in FREE],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        for line in server.stdout:
            ready = re.search(r"http://127.0.0.1:(\d+)/.*rmi://127.0.0.1:(\d+)/", line)
            if ready:
                break
        else:
            sys.exit("the server did not start")
        subprocess.run([os.path.join(BIN, "acopio"), "collect", os.path.join(folder, "photos"), "--server",
                        "127.0.0.1:" + ready.group(2), "--journal", os.path.join(folder, "journal"), "--yes"],
                       check=True, stdout=subprocess.DEVNULL)
        with open(os.path.join(data, "admin-token")) as file:
            token = file.read().strip()

        def thumbnail(number):
            request = urllib.request.Request(
                "http://127.0.0.1:%s/content/%d/thumbnail?box=%d" % (ready.group(1), number, options.box),
                headers={"Authorization": "Bearer " + token})
            begin = time.monotonic()
            with urllib.request.urlopen(request) as answer:
                answer.read()
            return time.monotonic() - begin

        memory, spent = status(server.pid, "VmRSS"), cpu(server.pid)
        print("first thumbnail, worker started for it: %.2f s" % thumbnail(1))
        print("second: %.3f s" % thumbnail(2))
        begin = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(options.callers) as callers:
            list(callers.map(thumbnail, range(3, options.photos + 1)))
        print("thumbnails per second, %d callers: %.1f" % (options.callers, (options.photos - 2) / (time.monotonic() - begin)))
        begin = time.monotonic()
        for number in range(1, options.photos + 1):
            thumbnail(number)
        print("from the cache: %.4f s each" % ((time.monotonic() - begin) / options.photos))
        print("server: %+.0f MiB resident, %.2f s of processor" % (status(server.pid, "VmRSS") - memory, cpu(server.pid) - spent))
        for worker in children(server.pid):
            print("worker: %.0f MiB resident at most, %.2f s of processor" % (status(worker, "VmHWM"), cpu(worker)))
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
