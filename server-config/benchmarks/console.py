#!/usr/bin/env python3
"""What the console costs, and how soon it shows what happens.

    server-config/benchmarks/console.py [--rounds 5] [--consoles 20] [--files 1000]      after ./mvnw package

Starts a server, warms it, and prints one line per figure:
- page.NAME: from the request to the last byte of a page, without its styles and scripts, of 20 loads;
- live.NAME: from a fact (a client connects; a block is sent) to the message at an open WebSocket;
- cost: paired collections of new files, by turns without and with open consoles. The consoles are spread over six pages;
  each loaded its page, hears its topic and asks the server for rows as often as the page's script does; ratios above 1 mean that the consoles cost something. What listens takes its
  share of the same processors, as a browser on another machine would not, so server seconds are given too;
- crowd: 1,000 open sessions and 200 files in flight, seen by the same consoles.
Linux, Python 3.11, Java 17 or newer."""
import argparse
import base64
import http.client
import importlib.util
import multiprocessing
import os
import random
import re
import selectors
import shutil
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
HOME = os.path.join(HERE, "..", "target", "acopio")
LOOKED_AT = ["overview", "transfers", "sessions", "clients", "endpoints", "library"]
QUESTIONS = {"sessions": "/api/sessions?kind=&text=&sort=begun&direction=descending&offset=0&limit=50",
             "clients": "/api/clients?order=last-seen&ascending=false&offset=0&limit=50"}
PAUSE = 2.0
PAGES = ["overview", "transfers", "sessions", "clients", "library", "endpoints", "trial", "administration"]
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0"


class Server:
    """A server on free ports, and a person who is logged in."""

    def __init__(self, data):
        free = ["http.port=0", "rmi.port=0", "ingest.ports=0", "echo.ports=0,0,0", "echo.queue-ports=0",
                "session.thread-ports=0", "session.selector-ports=0"]
        self.process = subprocess.Popen(
            [os.path.join(HOME, "bin", "acopio-server"), "--data", data, *["-Dacopio." + word for word in free]],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        said, password = [], None
        for line in self.process.stdout:
            said.append(line)
            password = re.search(r"the password (\S+?)\. It is shown", line) or password
            if line.startswith("Acopio ready"):
                break
        else:
            sys.exit("the server did not start:\n" + "".join(said))
        port = lambda name: int(re.search(name + r" (\d+)", line).group(1))
        self.http = int(re.search(r"http://[^:]+:(\d+)/", line).group(1))
        self.rmi = int(re.search(r"rmi://[^:]+:(\d+)/", line).group(1))
        self.echo, self.ingest = port("echo"), port("ingest")
        threading.Thread(target=self.process.stdout.read, daemon=True).start()
        self.cookie = ""
        self.log_in(password.group(1))

    def request(self, method, path, body=None, headers=()):
        connection = http.client.HTTPConnection("127.0.0.1", self.http, timeout=60)
        connection.request(method, path, body, {"Cookie": self.cookie, **dict(headers)})
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer, content

    def log_in(self, password):
        form = urllib.parse.urlencode({"name": "admin", "password": password})
        answer, _ = self.request("POST", "/login", form, {
            "Content-Type": "application/x-www-form-urlencoded", "Origin": "http://127.0.0.1:%d" % self.http})
        cookies = [value.split(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
        if answer.status != 303 or not cookies:
            sys.exit("the administrator cannot log in: HTTP %d" % answer.status)
        self.cookie = "; ".join(cookies)

    def page(self, name):
        answer, content = self.request("GET", "/console/" + name)
        if answer.status != 200 or b'id="content"' not in content:
            sys.exit("/console/%s is not a page of the console: HTTP %d" % (name, answer.status))
        return content

    def cpu(self):
        with open("/proc/%d/stat" % self.process.pid) as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Closed(Exception):
    """The server closed a WebSocket, as it does every minute; pages then come anew."""


class Topic:
    """An open WebSocket (RFC 6455) that reads whole messages."""

    def __init__(self, http_port, cookie, name):
        self.socket = socket.create_connection(("127.0.0.1", http_port), timeout=30)
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall((
            "GET /console/live/%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: %s\r\nCookie: %s\r\n\r\n"
            % (name, http_port, http_port, key, cookie)).encode())
        self.bytes = b""
        while b"\r\n\r\n" not in self.bytes:
            self.fill()
        head, self.bytes = self.bytes.split(b"\r\n\r\n", 1)
        if b" 101 " not in head.split(b"\r\n")[0]:
            sys.exit("no WebSocket for %s: %s" % (name, head[:200]))

    def fill(self):
        more = self.socket.recv(1 << 18)
        if not more:
            raise Closed()
        self.bytes += more

    def whole(self):
        """The next text when all of it is here, in however many frames it came; else nothing."""
        text, at = b"", 0
        while len(self.bytes) >= at + 2:
            first, length, data = self.bytes[at], self.bytes[at + 1] & 127, at + 2
            if length > 125:
                size = 2 if length == 126 else 8
                data += size
                if len(self.bytes) < data:
                    return None
                length = int.from_bytes(self.bytes[data - size:data], "big")
            end = data + length
            if len(self.bytes) < end:
                return None
            if first & 15 == 9:
                self.pong(self.bytes[data:end])
                self.bytes = self.bytes[:at] + self.bytes[end:]
                continue
            at = end
            if first & 15 in (0, 1):
                text += self.bytes[data:end]
                if first & 128:
                    self.bytes = self.bytes[end:]
                    return text
        return None

    def pong(self, data):
        mask = os.urandom(4)
        self.socket.sendall(bytes([0x8A, 0x80 | len(data)]) + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(data)))

    def message(self):
        """The next text; waits for it."""
        while (text := self.whole()) is None:
            self.fill()
        return text


class Console:
    """An open page: hears its topic, and asks what the page asks when it is told of something new."""

    def __init__(self, server, name, connection):
        self.server, self.name, self.connection = server, name, connection
        self.due, self.next, self.heard, self.received = None, 0.0, None, 0
        server.page(name)
        self.ask()
        self.topic = Topic(server.http, server.cookie, name)

    def hear(self):
        """Reads what is there; a page that asks does so as its script does."""
        try:
            self.topic.fill()
            while (message := self.topic.whole()) is not None:
                self.received += len(message)
                if self.name in QUESTIONS:
                    self.told(message)
        except Closed:
            self.topic = Topic(self.server.http, self.server.cookie, self.name)
            return True
        return False

    def told(self, message):
        before, self.heard = self.heard, message
        if before is None or before == message:
            return
        changes = lambda text: re.search(rb'"changes":(\d+)', text).group(1)
        if self.name == "sessions" and changes(before) != changes(message):
            self.ask()
        elif self.due is None:
            self.due = max(time.monotonic(), self.next)

    def turn(self):
        if self.due is not None and time.monotonic() >= self.due:
            self.due, self.next = None, time.monotonic() + PAUSE
            self.ask()

    def ask(self):
        if self.name in QUESTIONS:
            self.connection.request("GET", QUESTIONS[self.name], headers={"Cookie": self.server.cookie})
            answer = self.connection.getresponse()
            self.received += len(answer.read())
            if answer.status != 200:
                sys.exit("%s: HTTP %d" % (QUESTIONS[self.name], answer.status))


def watch(http_port, cookie, consoles, ready, stop, result):
    """Runs in a process of its own: open consoles, each on one page, as browsers have them."""
    server = Server.__new__(Server)
    server.http, server.cookie = http_port, cookie
    choice, connection = selectors.DefaultSelector(), http.client.HTTPConnection("127.0.0.1", http_port, timeout=60)
    watching = [Console(server, LOOKED_AT[number % len(LOOKED_AT)], connection) for number in range(consoles)]
    for console in watching:
        choice.register(console.topic.socket, selectors.EVENT_READ, console)
    ready.set()
    while not stop.is_set():
        for key, _ in choice.select(0.1):
            if key.data.hear():
                choice.unregister(key.fileobj)
                choice.register(key.data.topic.socket, selectors.EVENT_READ, key.data)
        for console in watching:
            console.turn()
    result.value = sum(console.received for console in watching)


class Consoles:
    def __init__(self, server, count):
        self.ready, self.stop_now, self.result = multiprocessing.Event(), multiprocessing.Event(), multiprocessing.Value("q", 0)
        self.process = multiprocessing.Process(
            target=watch, args=(server.http, server.cookie, count, self.ready, self.stop_now, self.result))

    def __enter__(self):
        self.process.start()
        if not self.ready.wait(60):
            sys.exit("the consoles did not open")
        return self

    def __exit__(self, *_):
        self.stop_now.set()
        self.process.join()

    def cpu(self):
        with open("/proc/%d/stat" % self.process.pid) as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def say(name, text):
    print("%s %s" % (name, text), flush=True)


def spread(values, unit="ms"):
    return "p50 %.0f %s, max %.0f %s, n %d" % (statistics.median(values), unit, max(values), unit, len(values))


def pages(server):
    for name in ["../login"] + PAGES:
        path = "/login" if name.startswith("..") else "/console/" + name
        times = []
        for turn in range(30):
            begin = time.perf_counter()
            answer, _ = server.request("GET", path, headers={"Cookie": ""} if path == "/login" else {})
            if turn >= 10:
                times.append((time.perf_counter() - begin) * 1000)
            if answer.status != 200:
                sys.exit("%s: HTTP %d" % (path, answer.status))
        say("page.%s" % path.split("/")[-1], spread(times))


def latency(server, turns=40):
    changes = lambda text: re.search(rb'"changes":(\d+)', text).group(1)
    times = []
    while len(times) < turns:
        topic = Topic(server.http, server.cookie, "sessions")
        said = topic.message()
        try:
            while len(times) < turns:
                time.sleep(random.uniform(0.6, 1.1))
                begin = time.perf_counter()
                with socket.create_connection(("127.0.0.1", server.echo)):
                    # What the page was told meanwhile lies in front, and says nothing new.
                    while changes(message := topic.message()) == changes(said):
                        pass
                    times.append((time.perf_counter() - begin) * 1000)
                said = message
                # The end of this client is a change, too.
                while changes(message := topic.message()) == changes(said):
                    pass
                said = message
        except Closed:
            pass
    say("live.sessions", spread(times))


def pictures(folder, count, seed):
    dice = random.Random(seed)
    for number in range(count):
        place = os.path.join(folder, "album %d" % (number % 20))
        os.makedirs(place, exist_ok=True)
        with open(os.path.join(place, "%05d.jpg" % number), "wb") as out:
            out.write(JPEG + dice.randbytes(int(min(2 << 20, max(10 << 10, dice.lognormvariate(12.04, 1.05))))))


def collect(server, scratch, files, seed):
    folder = os.path.join(scratch, "source %d" % seed)
    pictures(folder, files, seed)
    os.sync()
    begin, cpu = time.perf_counter(), server.cpu()
    subprocess.run(
        [os.path.join(HOME, "bin", "acopio"), "collect", folder, "--server", "127.0.0.1:%d" % server.rmi,
         "--journal", os.path.join(scratch, "journal %d" % seed), "--yes", "--json"],
        check=True, stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - begin
    return seconds, server.cpu() - cpu


def cost(server, scratch, options):
    for seed in (1, 2):
        collect(server, scratch, options.files, seed)
    with Consoles(server, options.consoles):
        for seed in (3, 4):
            collect(server, scratch, options.files, seed)
    ratios, server_ratios = [], []
    for number in range(options.rounds):
        times = {}
        for consoles in ((0, options.consoles) if number % 2 == 0 else (options.consoles, 0)):
            seed = 10 + 2 * number + (consoles > 0)
            if consoles:
                with Consoles(server, consoles) as watching:
                    time.sleep(1)
                    before = watching.cpu()
                    times[consoles] = collect(server, scratch, options.files, seed)
                    used = watching.cpu() - before
                say("cost.with", "%.2f s, server %.2f s of processor, listeners %.2f s, %.1f MiB to them" % (
                    *times[consoles], used, watching.result.value / 1048576))
            else:
                times[0] = collect(server, scratch, options.files, seed)
                say("cost.without", "%.2f s, server %.2f s of processor" % times[0])
        ratios.append(times[options.consoles][0] / times[0][0])
        server_ratios.append(times[options.consoles][1] / times[0][1])
    for name, all_of in (("wall", ratios), ("server", server_ratios)):
        say("cost.ratio.%s" % name, "%.3f median (%.3f-%.3f, n %d)" % (statistics.median(all_of), min(all_of), max(all_of), len(all_of)))


def ingest_example():
    spec = importlib.util.spec_from_file_location("ingest_client", os.path.join(HOME, "examples", "ingest_client.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def crowd(server, options, sessions=1000, uploads=200):
    clients = []
    for _ in range(sessions):
        clients.append(socket.create_connection(("127.0.0.1", server.echo)))
    example = ingest_example()
    senders = [example.Server("127.0.0.1:%d" % server.ingest, os.urandom(32), None) for _ in range(20)]
    flying = []
    for number in range(uploads):
        sender = senders[number % len(senders)]
        name = example.blob(b"/home/maria/Pictures/holiday of the year/picture %d.jpg" % number)
        numbers = struct.pack(">QqI", 40 << 20, 1700000000, 0)
        tag, answer = sender.one(example.OFFER, name + numbers + example.blob(b"image/jpeg") + b"\0")
        flying.append((sender, example.take(answer, "Q")))
    data = JPEG + bytes(20_000)
    checksum = example.crc32c(data)

    def send(turn):
        for sender, upload in flying:
            sender.one(example.WRITE, struct.pack(">QBQI", upload, turn % 4, turn // 4 * len(data), checksum) + example.blob(data))

    def quiet(_):
        pass

    for name in LOOKED_AT:
        say("crowd.snapshot.%s" % name, "%.1f KiB" % (len(Topic(server.http, server.cookie, name).message()) / 1024))
    turn = 0
    for label, action in (("quiet", quiet), ("busy", send)):
        for consoles in (0, options.consoles):
            watching = Consoles(server, consoles) if consoles else None
            if watching:
                watching.__enter__()
            before, begin, rounds = server.cpu(), time.perf_counter(), 0
            while time.perf_counter() - begin < 10:
                for client in clients[rounds % 20::20]:
                    client.sendall(b"hello")
                    client.recv(16)
                action(turn)
                turn, rounds = turn + 1, rounds + 1
                time.sleep(0.5)
            seconds = time.perf_counter() - begin
            used = (server.cpu() - before) / seconds
            if watching:
                watching.__exit__()
            say("crowd.%s.%d-consoles" % (label, consoles), "server %.1f %% of one processor, %.1f KiB/s to each console" % (
                used * 100, watching.result.value / 1024 / seconds / consoles if watching else 0))
    for client in clients:
        client.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--consoles", type=int, default=20)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--only", choices=["pages", "live", "cost", "crowd"])
    options = parser.parse_args()
    scratch = tempfile.mkdtemp(prefix="acopio-console-benchmark-")
    server = Server(os.path.join(scratch, "data"))
    try:
        for name, part in (("pages", lambda: pages(server)), ("live", lambda: latency(server)),
                           ("cost", lambda: cost(server, scratch, options)), ("crowd", lambda: crowd(server, options))):
            if options.only in (None, name):
                part()
    finally:
        server.stop()
        shutil.rmtree(scratch)


if __name__ == "__main__":
    main()
