#!/usr/bin/env python3
"""How long the server takes to refuse XML-RPC documents that are made to cost.

    server-config/benchmarks/hostile.py [--rounds 20]      after ./mvnw package

Each document is sent --rounds times to a warm server over a connection that stays, by turns with the others; the time is
from the first byte sent to the last byte of the fault. One line per document: median and maximum, milliseconds; then
the worst of all. Ends with 1 if a document is not answered with a fault. Linux, Python 3.8 or newer, Java 17 or newer."""
import argparse
import http.client
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SERVER = os.path.join(HERE, "..", "target", "acopio", "bin", "acopio-server")
BEGIN = "<methodCall><methodName>is_even</methodName><params>"
MOST_BYTES = 1 << 20


def document(inside):
    return BEGIN + "<param><value>" + inside + "</value></param></params></methodCall>"


def value(kind, text):
    return document("<%s>%s</%s>" % (kind, text, kind))


def laughs():
    lines = ['<!ENTITY l0 "ha">'] + ['<!ENTITY l%d "%s">' % (i, "&l%d;" % (i - 1) * 10) for i in range(1, 30)]
    return "<!DOCTYPE methodCall [" + "".join(lines) + "]>" + value("string", "&l29;")


def multicall(calls):
    call = ("<value><struct><member><name>methodName</name><value>is_even</value></member><member><name>params</name>"
            "<value><array><data/></array></value></member></struct></value>")
    return document("<array><data>" + call * calls + "</data></array>").replace("is_even", "system.multicall", 1)


def documents():
    name = "n" * 900_000
    return {
        "dtd": '<!DOCTYPE methodCall SYSTEM "http://127.0.0.1:1/x.dtd">' + BEGIN,
        "internal-dtd": "<!DOCTYPE methodCall [<!ELEMENT a ANY>]>" + BEGIN,
        "billion-laughs": laughs(),
        "long-dtd": "<!DOCTYPE m [" + "<!ENTITY a 'b'>" * 60_000 + "]>" + BEGIN,
        "undeclared-entity": BEGIN + "<param><value>&xxe;</value></param>",
        "deep-arrays": document("<array><data><value>" * 50_000),
        "deep-structs": document("<struct><member><name>a</name><value>" * 20_000),
        "deep-elements": "<methodCall>" + "<a>" * 100_000,
        "digits-int": value("int", "9" * 1_000_000),
        "digits-i8": value("i8", "0" * 1_000_000),
        "digits-biginteger": value("ex:biginteger", "9" * 1_000_000),
        "digits-double": value("double", "9" * 1_000_000),
        "digits-decimal": value("ex:bigdecimal", "9" * 1_000_000),
        "large-exponent": value("double", "1e999999999"),
        "letters-of-date": value("dateTime.iso8601", "1" * 1_000_000),
        "no-base64": value("base64", "?" * 1_000_000),
        "huge-element-name": "<" + name + "/>",
        "huge-type-name": document("<" + name + "/>"),
        "huge-method-name": "<methodCall><methodName>" + name + "</methodName></methodCall>",
        "huge-member-name": document("<struct><member><name>" + name + "</name><value/></member></struct>"),
        "huge-attribute": "<methodCall a='" + name + "'/>",
        "many-attributes": "<methodCall" + "".join(" a%d=''" % i for i in range(50_000)) + "/>",
        "huge-comment": "<!--" + name,
        "huge-instruction": "<?pi " + name,
        "text-in-pieces": value("string", "a<!---->" * 100_000),
        "character-references": value("string", "&#65;" * 150_000),
        "many-values": document("<array><data>" + "<value/>" * 60_000 + "</data></array>"),
        "many-parameters": BEGIN + "<param><value/></param>" * 45_000 + "</params></methodCall>",
        "truncated": BEGIN + "<param><value><int>1</int>",
        "wrong-nesting": BEGIN + "<param><value></param></value>",
        "serialized-object": value("ex:serializable", "rO0AB" * 10_000),
        "serialized-tree": value("ex:dom", "<a/>" * 10_000),
        "nul": "\0" * 100_000,
        "white-space": " " * 1_000_000,
        "many-calls": multicall(1_001),
        "invalid-utf8": value("string", "a" * 450_000 + "\udcff" + "a" * 450_000),
    }


def start(folder):
    process = subprocess.Popen(
        [SERVER, "--data", folder, "-Dacopio.http.port=0", "-Dacopio.rmi.port=0", "-Dacopio.xmlrpc.max-bytes=%d" % MOST_BYTES,
         "-Dacopio.ingest.ports=off", "-Dacopio.echo.ports=off", "-Dacopio.echo.queue-ports=off",
         "-Dacopio.session.thread-ports=off", "-Dacopio.session.selector-ports=off"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in process.stdout:
        if line.startswith("Acopio ready"):
            return process, int(line.split("http://")[1].split("/")[0].rpartition(":")[2])
    sys.exit("the server did not start")


def refuse(connection, body):
    """Milliseconds, and whether the answer is a fault."""
    begin = time.perf_counter()
    connection.request("POST", "/RPC2", body, {"Content-Type": "text/xml"})
    answer = connection.getresponse()
    text = answer.read()
    return (time.perf_counter() - begin) * 1e3, answer.status == 200 and b"<fault>" in text


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    bodies = {name: text.encode("utf-8", "surrogateescape") for name, text in documents().items()}
    for name, body in bodies.items():
        if len(body) > MOST_BYTES:
            sys.exit("%s has %d bytes: too many to be looked at" % (name, len(body)))
    scratch = tempfile.mkdtemp(prefix="acopio-hostile")
    server, port = start(scratch)
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        times = {name: [] for name in bodies}
        wrong = set()
        for number in range(-5, options.rounds):  # the first rounds only warm the server
            for name, body in bodies.items():
                took, fault = refuse(connection, body)
                if not fault:
                    wrong.add(name)
                if number >= 0:
                    times[name].append(took)
        for name, all_times in times.items():
            print("hostile.%s %.1f ms (max %.1f, n %d)" % (name, statistics.median(all_times), max(all_times), len(all_times)))
        worst = max(times, key=lambda name: statistics.median(times[name]))
        slowest = max(times, key=lambda name: max(times[name]))
        print("# largest median %.1f ms (%s), largest of all %.1f ms (%s)" % (
            statistics.median(times[worst]), worst, max(times[slowest]), slowest))
        if wrong:
            sys.exit("not answered with a fault: " + ", ".join(sorted(wrong)))
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()
        shutil.rmtree(scratch)


if __name__ == "__main__":
    main()
