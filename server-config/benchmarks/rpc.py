#!/usr/bin/env python3
"""Calls per second of XML-RPC, against what the same server and another one do at best.

    server-config/benchmarks/rpc.py [--callers 16] [--seconds 6] [--rounds 5] [--warm 30]      after ./mvnw package

By turns: is_even(2) of a running Acopio, its start page (a static file, so the container without XML-RPC), and
is_even(2) of Python's xmlrpc.server. Prints one line per figure, then the medians of the ratios within each round.
Linux, Python 3.8 or newer, Java 17 or newer. The callers run on the same machine and take their share of it."""
import argparse
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SERVER = os.path.join(HERE, "..", "target", "acopio", "bin", "acopio-server")
CALL = (
    '<?xml version="1.0"?>\n<methodCall><methodName>is_even</methodName><params><param>'
    "<value><int>2</int></value></param></params></methodCall>"
)
PYTHON_SERVER = """
from xmlrpc.server import SimpleXMLRPCServer
server = SimpleXMLRPCServer(("127.0.0.1", 0), logRequests=False)
server.register_function(lambda n: "Par" if n % 2 == 0 else "Impar", "is_even")
print(server.server_address[1], flush=True)
server.serve_forever()
"""


def start(command, pattern):
    """The process and what the pattern found in the line that says it is ready."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    said = []
    for line in process.stdout:
        said.append(line)
        found = re.search(pattern, line)
        if found:
            return process, int(found.group(1))
    sys.exit("%s did not start:\n%s" % (command[0], "".join(said)))


def cpu_seconds(process):
    with open("/proc/%d/stat" % process.pid) as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def post(path, port):
    return "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: text/xml\r\nContent-Length: %d\r\n\r\n%s" % (
        path, port, len(CALL), CALL)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--callers", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--warm", type=float, default=30, help="seconds of calls to each before the first round")
    options = parser.parse_args()
    tools = os.path.join(os.environ["JAVA_HOME"], "bin", "") if "JAVA_HOME" in os.environ else ""
    scratch = tempfile.mkdtemp(prefix="acopio-rpc")
    running = []
    try:
        subprocess.run([tools + "javac", "-d", scratch, os.path.join(HERE, "HttpLoad.java")], check=True)
        acopio, port = start(
            [SERVER, "--data", os.path.join(scratch, "data"), "-Dacopio.http.port=0", "-Dacopio.rmi.port=0"],
            r"^Acopio ready .*http://[^:]+:(\d+)/")
        running.append(acopio)
        python, python_port = start([sys.executable, "-c", PYTHON_SERVER], r"^(\d+)$")
        running.append(python)
        page = "GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % port
        cells = {
            "acopio": (acopio, port, post("/RPC2", port), "<string>Par</string>"),
            "static": (acopio, port, page, "</html>"),
            "python": (python, python_port, post("/RPC2", python_port), "<string>Par</string>"),
        }

        def measure(name, seconds):
            process, to, request, expected = cells[name]
            file = os.path.join(scratch, name)
            with open(file, "w", newline="") as out:
                out.write(request)
            before = cpu_seconds(process)
            load = subprocess.run(
                [tools + "java", "-XX:TieredStopAtLevel=1", "-cp", scratch, "HttpLoad",
                 str(to), str(options.callers), str(seconds), file, expected],
                check=True, capture_output=True, text=True)
            rate = float(load.stdout)
            return rate, (cpu_seconds(process) - before) / (rate * seconds) * 1e6

        for name in cells:
            measure(name, options.warm)
        rounds = []
        for number in range(options.rounds):
            rates = {}
            for name in cells:
                rates[name], cpu = measure(name, options.seconds)
                print("rpc.%s.calls %.0f /s" % (name, rates[name]), flush=True)
                print("rpc.%s.cpu %.1f us/call" % (name, cpu), flush=True)
            rounds.append(rates)
        for other in ("static", "python"):
            ratios = [rates["acopio"] / rates[other] for rates in rounds]
            print("rpc.acopio/%s %.2f ratio (%.2f-%.2f, n %d)" % (other, statistics.median(ratios), min(ratios), max(ratios), len(ratios)))
    finally:
        for process in running:
            process.send_signal(signal.SIGTERM)
        for process in running:
            process.wait()
        shutil.rmtree(scratch)


if __name__ == "__main__":
    main()
