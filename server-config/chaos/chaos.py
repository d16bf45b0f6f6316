#!/usr/bin/env python3
"""usage: sudo chaos.py [--minutes 10] [--agents 3] [--seed N] [--database h2|postgresql] [--disk MIB] [--gap SECONDS]
                     [--faults NAME,NAME…] [--keep FOLDER]

Agents collect from several network namespaces, the last of them over ingest and the others over RMI, while everything
that can break does, at random: the server and the agents are killed (SIGKILL) and frozen, cables are pulled, packets
delayed and lost, connections reset, the server's disk filled up and its store made read-only, its database killed, and
the clock of the server or of an agent set ten years forward or back (clock_at.c), sometimes over a kill and a start of
the server. About every third time a second fault begins while the first lasts. Then all is healed, every agent runs to
its end, and the result is judged by SHA-256 of the sources and of all files in the store, never by what the server's
own catalog says:

  lost       a file of a source that is not in the store under its name, or a receipt whose bytes are not where it said
             (of ingest, whose client does not print where: not among the versions of that file)
  foreign    any other file in the store: not of the source of that address, with bytes that the source never had under
             that name, or there more often than it had them; the server's own files are known by their names
  check      the exit code of 'acopio-server check --read-data': 0 when catalog and store agree

One line per figure: NAME VALUE UNIT. Exit code 0 when nothing was lost, nothing is foreign, every agent came to its end
and the check found nothing, 1 otherwise, 2 when it could not run. The same seed gives the same faults in the same
order, at about the same moments.

Faults are kill-server, kill-agent, freeze-server, pull-cable, slow-line, reset-connections, fill-disk, read-only-disk,
kill-database and jump-clock; those that cannot be made here are said in the first lines and left out. An agent that is
between two runs when it is to be killed does not count.

Needs Linux, root (namespaces, a mount), iproute2, Python 3.11 and the distribution (./mvnw package -DskipTests); for
clocks a C compiler, for --database postgresql PostgreSQL's server programs.
"""
import argparse
import concurrent.futures
import contextlib
import glob
import hashlib
import json
import os
import random
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
HOME = os.path.join(HERE, '..', 'target', 'acopio', 'bin')
INGEST = os.path.join(HERE, '..', 'examples', 'ingest_client.py')
HEADS = {'jpg': b'\xff\xd8\xff\xe0\0\x10JFIF\0', 'png': b'\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'pdf': b'%PDF-1.7\n',
         'mp3': b'ID3\x04\0\0\0\0\0\0', 'mp4': b'\0\0\0\x20ftypisom\0\0\2\0isomiso2'}
OFF = ['echo.ports', 'echo.queue-ports', 'session.thread-ports', 'session.selector-ports']
START = 240  # seconds that a start may take on a busy machine
LAST_RUNS = 12
# The second, where the system does not have the first, holds back and drops what is too much.
SLOW = 'netem delay 100ms 40ms loss 2%', 'tbf rate 1mbit burst 16kb latency 100ms'
OWN = re.compile(r'\.acopio/(format|lock)|\.partial/(journal(\.new)?|probe|[0-9a-f]{16})|'
                 r'\.quarantine/[^/]+/uploads/[0-9a-f]{16}')
VERSION = re.compile(r'%v([2-9]|[1-9]\d+)(?=(\.\w+)?$)')


def cannot(text):
    print(text, file=sys.stderr)
    sys.exit(2)


def run(*words, check=True):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    if check and done.returncode:
        cannot('%s: %s' % (' '.join(map(str, words)), (done.stderr or done.stdout).strip()))
    return done


def say(text):
    print('# %6.1f s  %s' % (time.monotonic() - BEGAN, text), flush=True)


def digest(path):
    with open(path, 'rb') as file:
        return hashlib.file_digest(file, 'sha256').hexdigest()


class Network:
    """A namespace for the server and one for each agent, with a cable between the two."""

    def __init__(self, agents):
        self.mark = 'ac%d' % (os.getpid() % 100000)
        self.server = self.mark + 's'
        self.agents = []
        run('ip', 'netns', 'add', self.server)
        run('ip', '-n', self.server, 'link', 'set', 'lo', 'up')
        for i in range(1, agents + 1):
            name = '%sa%d' % (self.mark, i)
            run('ip', 'netns', 'add', name)
            self.agents.append(name)
            run('ip', '-n', name, 'link', 'set', 'lo', 'up')
            run('ip', '-n', self.server, 'link', 'add', 'c%d' % i, 'type', 'veth', 'peer', 'name', 'eth', 'netns', name)
            run('ip', '-n', self.server, 'addr', 'add', '10.77.%d.1/24' % i, 'dev', 'c%d' % i)
            run('ip', '-n', name, 'addr', 'add', '10.77.%d.2/24' % i, 'dev', 'eth')
            self.cable(i, True)
            run('ip', '-n', name, 'link', 'set', 'eth', 'up')

    def cable(self, i, plugged):
        run('ip', '-n', self.server, 'link', 'set', 'c%d' % i, 'up' if plugged else 'down')

    def slow(self, i):
        line = ['tc', '-n', self.agents[i - 1], 'qdisc', 'add', 'dev', 'eth', 'root']
        return any(run(*line, *way.split(), check=False).returncode == 0 for way in SLOW)

    def quick(self, i):
        run('tc', '-n', self.agents[i - 1], 'qdisc', 'del', 'dev', 'eth', 'root')

    def reset(self):
        run('ip', 'netns', 'exec', self.server, 'ss', '-K', 'state', 'established', check=False)

    def close(self):
        for name in [self.server, *self.agents]:
            run('ip', 'netns', 'del', name, check=False)


class Disk:
    """What the server's own folder lies on, and the store in it."""

    def __init__(self, data, aside, size):
        self.data, self.aside = data, aside
        self.balloon = os.path.join(data, 'balloon')
        self.store = os.path.join(data, 'store')
        self.made = run('mount', '-t', 'tmpfs', '-o', 'size=%dm' % size, 'acopio', data, check=False).returncode == 0
        if self.made:
            os.makedirs(aside)
            os.mkdir(self.store, 0o700)
            # The server's namespace is to see what is laid over the store, but not aside.
            run('mount', '--make-shared', data)
            run('mount', '--bind', self.store, aside)
            run('mount', '--make-private', aside)
            run('mount', '-o', 'remount,bind,ro', aside)

    def fill(self):
        with contextlib.suppress(OSError), open(self.balloon, 'wb') as file:
            while True:
                file.write(bytes(1 << 20))

    def empty(self):
        os.remove(self.balloon)

    def read_only(self):
        # No disk with files that are open for writing lets itself be mounted read-only; what lies over it refuses
        # whatever is opened, made or linked from then on.
        run('mount', '--bind', self.aside, self.store)

    def writable(self):
        end = time.monotonic() + 30
        while run('umount', self.store, check=time.monotonic() > end).returncode:
            time.sleep(0.2)  # Somebody reads from it.

    def close(self):
        for place in (self.aside, self.data):
            run('umount', '-l', place, check=False)


class Database:
    """PostgreSQL of its own, in the server's namespace."""

    def __init__(self, network, folder):
        self.network, self.folder = network, folder
        self.programs = sorted(glob.glob('/usr/lib/postgresql/*/bin'))[-1]
        shutil.chown(folder, 'postgres')
        self.do('initdb', '-A', 'trust', '-U', 'acopio', '-D', folder + '/data')
        self.start()
        self.do('createdb', '-h', '127.0.0.1', '-U', 'acopio', 'acopio')

    def do(self, program, *words):
        run('ip', 'netns', 'exec', self.network.server, 'setpriv', '--reuid', 'postgres', '--regid', 'postgres',
            '--clear-groups', os.path.join(self.programs, program), *words)

    def start(self):
        self.do('pg_ctl', '-w', '-D', self.folder + '/data', '-l', self.folder + '/log', '-o',
                '-c listen_addresses=127.0.0.1 -c unix_socket_directories=' + self.folder, 'start')

    def kill(self):
        self.do('pg_ctl', '-w', '-D', self.folder + '/data', '-m', 'immediate', 'stop')

    url = 'jdbc:postgresql://127.0.0.1/acopio'


class Server:
    def __init__(self, network, data, log, database, clock):
        self.network, self.data, self.log, self.clock = network, data, log, clock
        self.words = ['ip', 'netns', 'exec', network.server, os.path.join(HOME, 'acopio-server'), '--data', data,
                      '--bind', '0.0.0.0', '-Dacopio.collect.reserve-bytes=4194304'] + [
                          '-Dacopio.%s=off' % key for key in OFF]
        if database:
            self.words += ['-Dacopio.catalog.url=' + database.url]
        self.process = None
        self.said = ''

    def start(self):
        with open(self.log, 'ab') as log:
            at = log.tell()
            self.process = subprocess.Popen(self.words, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                                            start_new_session=True, env=self.clock.environment())
        end = time.monotonic() + START
        while time.monotonic() < end:
            with open(self.log, encoding='utf-8', errors='replace') as log:
                log.seek(at)
                self.said = log.read()
            if 'Acopio ready' in self.said:
                return True
            if self.process.poll() is not None:
                break
            time.sleep(0.2)
        self.signal(signal.SIGKILL)
        return False

    def signal(self, number):
        with contextlib.suppress(ProcessLookupError):
            if self.process.poll() is None:
                os.killpg(self.process.pid, number)

    def kill(self):
        self.signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.signal(signal.SIGTERM)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.kill()

    def check(self):
        done = run('ip', 'netns', 'exec', self.network.server, os.path.join(HOME, 'acopio-server'), 'check', '--data',
                   self.data, '--read-data', *(word for word in self.words if word.startswith('-Dacopio.catalog')),
                   check=False)
        return done.returncode, done.stdout + done.stderr


class Clock:
    """What time it is for one process."""
    library = None

    def __init__(self, folder, name):
        self.file = os.path.join(folder, name + '.clock')
        self.set(0)

    @staticmethod
    def prepare(folder):
        Clock.library = os.path.join(folder, 'clock_at.so')
        return shutil.which('cc') and run('cc', '-shared', '-fPIC', '-O2', '-o', Clock.library,
                                          os.path.join(HERE, 'clock_at.c'), '-ldl', check=False).returncode == 0

    def set(self, seconds):
        # In place: who has the file mapped is to see it.
        with open(self.file, 'r+b' if os.path.exists(self.file) else 'wb') as file:
            file.write(struct.pack('=q', seconds))

    def environment(self):
        if not os.path.exists(self.library):
            return None
        return dict(os.environ, CLOCK_AT=self.file, LD_PRELOAD=self.library)


class Agent(threading.Thread):
    """A PC with a folder that grows and changes, collected again and again."""
    told = True  # where its files are in the store, to the version

    def __init__(self, number, name, folder, code, dice):
        super().__init__(daemon=True)
        self.number, self.name_space, self.dice = number, name, dice
        self.source = os.path.join(folder, 'pc%d' % number, 'photos')
        self.fresh = os.path.join(folder, 'pc%d' % number, 'fresh')
        self.journal = os.path.join(folder, 'pc%d' % number, 'journal')
        os.makedirs(self.source)
        self.code = code
        self.clock = Clock(folder, 'pc%d' % number)
        self.had = {}           # path of a file here -> digests of all bytes that it ever had, the last ones last
        self.receipts = set()   # where the server said that it has bytes, and their digest
        self.runs = self.complete = self.made = 0
        self.process = None
        self.ending = threading.Event()
        self.errors = []

    def write(self, path, size):
        content = HEADS[path.rsplit('.', 1)[1]] + self.dice.randbytes(size)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        self.had.setdefault(path, []).append(hashlib.sha256(content).hexdigest())
        with open(self.fresh, 'wb') as file:
            file.write(content)
        os.replace(self.fresh, path)

    def change(self):
        for _ in range(self.dice.randint(5, 60)):
            self.made += 1
            size = self.dice.choice([0, 1, 3, 700, 5_000, 40_000, 200_000])
            odd = self.dice.choice(['', '', '%v2', ' \\'])
            name = 'album %d/foto %05d%s.%s' % (self.made % 7, self.made, odd, self.dice.choice(list(HEADS)))
            self.write(os.path.join(self.source, name), size)
        if self.dice.random() < 0.3:
            self.made += 1
            self.write('%s/películas/film %05d.mp4' % (self.source, self.made), self.dice.randint(3, 9) << 20)
        for path in self.dice.sample(list(self.had), min(2, len(self.had))):
            self.write(path, self.dice.randint(0, 60_000))

    def stored(self, path):
        """The name of a path in the store, that of its first version."""
        return '10.77.%d.2' % self.number + re.sub(r'[%\\]', lambda odd: '%%%02X' % ord(odd[0]), path)

    def command(self):
        return [os.path.join(HOME, 'acopio'), 'collect', self.source, '--server', self.server(), '--journal',
                self.journal, '--enrol', self.code, '--yes', '--json', '--patience', '30']

    def server(self):
        return '10.77.%d.1' % self.number

    def heard(self, line):
        try:
            event = json.loads(line)
        except ValueError:
            return  # Cut by a kill.
        if event.get('event') == 'file' and event.get('result') in ('stored', 'have') and 'storedAs' in event:
            self.receipts.add((event['storedAs'], event['sha256']))
        elif event.get('event') == 'error':
            self.errors.append(event.get('code'))

    def collect(self):
        self.runs += 1
        self.process = subprocess.Popen(['ip', 'netns', 'exec', self.name_space, *self.command()],
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8',
                                        errors='replace', stdin=subprocess.DEVNULL, start_new_session=True,
                                        env=self.clock.environment())
        for line in self.process.stdout:
            self.heard(line)
        code = self.process.wait()
        self.complete += code == 0
        return code

    def kill(self):
        process = self.process
        if process and process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            return True
        return False

    def run(self):
        complete = True
        while not self.ending.is_set():
            # A client that does not wait for a server which is away would come round too often.
            if complete or self.dice.random() < 0.2:
                self.change()
            complete = self.collect() == 0
            self.ending.wait(self.dice.random() * 2)

    def finish(self):
        self.ending.set()
        self.join()
        for _ in range(LAST_RUNS):
            if self.collect() == 0:
                return True
            time.sleep(2)
        return False


class IngestAgent(Agent):
    """The same with the example client, under the identity of an enrolled PC."""
    told = False
    offered = None

    def collect(self):
        enrolled = self.enrolled()
        code = super().collect()
        return code if enrolled else code or 1

    def enrolled(self):
        return os.path.exists(os.path.join(self.identity(), 'agent.pem'))

    def command(self):
        if not self.enrolled():
            return [os.path.join(HOME, 'acopio'), 'enrol', self.code, '--server', self.server(), '--journal',
                    self.journal]
        return [sys.executable, '-B', INGEST, '--identity', self.identity(), self.server() + ':1100', self.source,
                os.path.join(self.identity(), 'agent.key')]

    def identity(self):
        keys = glob.glob(os.path.join(self.journal, '**', 'agent-tls.key'), recursive=True)
        return os.path.dirname(keys[0]) if keys else self.journal

    def heard(self, line):
        offered = re.match(r'(/.*) \d+ bytes, partes de \d+$', line)
        if offered:
            self.offered = offered[1]
        elif line in ('  guardado\n', '  ya estaba\n'):
            self.receipts.add((self.stored(self.offered), self.had[self.offered][-1]))
        elif not line.startswith(' '):
            self.errors = self.errors[-3:] + [line.strip()]


class Faults:
    """What goes wrong. Each breaks something, waits, and heals it; some begin while another lasts."""

    def __init__(self, network, server, agents, disk, database, gap, dice):
        self.network, self.server, self.agents, self.disk = network, server, agents, disk
        self.database, self.gap, self.dice = database, gap, dice
        self.counts = {}
        self.overlaps = 0
        self.lasting = []
        self.begun = threading.Event()
        self.down = threading.Lock()
        self.kinds = [self.kill_server, self.kill_server, self.kill_agent, self.kill_agent, self.freeze_server,
                      self.pull_cable, self.reset_connections]
        if network.slow(1):
            network.quick(1)
            self.kinds.append(self.slow_line)
        else:
            say('no netem and no tbf here: no slow lines')
        if disk:
            self.kinds += [self.fill_disk, self.read_only_disk]
        if database:
            self.kinds.append(self.kill_database)
        if server.clock.environment():
            self.kinds.append(self.jump_clock)

    def only(self, names):
        self.kinds = [kind for kind in self.kinds if self.name(kind) in names]
        if not self.kinds:
            cannot('none of these faults can be made here: ' + ', '.join(names))

    @staticmethod
    def name(kind):
        return kind.__name__.replace('_', '-')

    def count(self, name):
        self.counts[name] = self.counts.get(name, 0) + 1

    def one(self):
        kinds = [self.dice.choice(self.kinds)]
        others = [kind for kind in self.kinds if kind != kinds[0]]
        if self.dice.random() < 1 / 3 and others:
            kinds.append(self.dice.choice(others))
            kinds.sort(key=lambda kind: kind == self.kill_agent)  # It does not last.
            self.overlaps += 1
        say(' while '.join(map(self.name, reversed(kinds))))
        self.lasting = []
        self.begun.clear()
        with concurrent.futures.ThreadPoolExecutor() as pool:
            for kind in kinds:
                if self.lasting:
                    time.sleep(self.dice.uniform(0, 5))
                # Dice of its own, so that what the other does changes nothing.
                self.lasting.append(pool.submit(kind, random.Random(self.dice.random())))
            self.begun.set()
        for kind, fault in zip(kinds, self.lasting):
            if fault.result() is not False:
                self.count(self.name(kind))
        time.sleep(self.dice.uniform(min(0.5, self.gap), self.gap))

    def last(self, dice, least, most):
        """Seconds, and until the second fault has begun."""
        time.sleep(dice.uniform(least, most))
        self.begun.wait()

    def restart(self):
        tries = 3
        while tries:
            alone = sum(not fault.done() for fault in self.lasting) == 1
            if self.server.start():
                return
            say('the server did not start: ' + self.server.said.strip()[-400:])
            tries -= alone  # What else is broken may be why.
        raise SystemExit('the server does not start any more')

    def kill_server(self, dice):
        with self.down:
            self.server.kill()
            self.last(dice, 0, 3)
            self.restart()

    def kill_agent(self, dice):
        return dice.choice(self.agents).kill()

    def freeze_server(self, dice):
        self.server.signal(signal.SIGSTOP)
        self.last(dice, 2, 12)
        self.server.signal(signal.SIGCONT)

    def pull_cable(self, dice):
        one = dice.choice(self.agents).number
        self.network.cable(one, False)
        self.last(dice, 1, 12)
        self.network.cable(one, True)

    def slow_line(self, dice):
        one = dice.choice(self.agents).number
        self.network.slow(one)
        self.last(dice, 4, 15)
        self.network.quick(one)

    def reset_connections(self, dice):
        for _ in range(dice.randint(1, 4)):
            self.network.reset()
            self.last(dice, 1, 3)

    def fill_disk(self, dice):
        self.disk.fill()
        self.last(dice, 3, 12)
        self.disk.empty()

    def read_only_disk(self, dice):
        self.disk.read_only()
        self.last(dice, 3, 12)
        self.disk.writable()

    def kill_database(self, dice):
        self.database.kill()
        self.last(dice, 1, 10)
        self.database.start()

    def jump_clock(self, dice):
        year = 365 * 24 * 3600
        one = dice.choice([self.server, dice.choice(self.agents)])
        one.clock.set(dice.choice([10 * year, -10 * year, 3600, -3600]))
        self.last(dice, 3, 12)
        if one is self.server and dice.random() < 0.5:
            self.count('jump-clock-over-a-start')
            self.kill_server(dice)
            self.last(dice, 3, 12)
        one.clock.set(0)


def judge(agents, store):
    there, versions, lost, foreign = {}, {}, [], []
    for place, _, names in os.walk(store):
        for path in (os.path.join(place, name) for name in names):
            kept = os.path.relpath(path, store)
            if not OWN.fullmatch(kept):
                there[kept] = digest(path)
                versions.setdefault(VERSION.sub('', kept), []).append(there[kept])
    had = {agent.stored(path): list(digests) for agent in agents for path, digests in agent.had.items()}
    for kept, is_there in there.items():
        left = had.get(VERSION.sub('', kept), [])
        if is_there in left:
            left.remove(is_there)
        else:
            foreign.append(kept)
    for agent in agents:
        lost += [path for path in agent.had if digest(path) not in versions.get(agent.stored(path), [])]
        for kept, promised in agent.receipts:
            told = [there.get(kept)] if agent.told else versions.get(kept, [])
            if promised not in told or not kept.startswith(agent.stored('/')):
                lost.append('receipt %s %s' % (kept, promised))
    return len(there), lost, foreign


def figure(name, value, unit):
    print('%s %.6g %s' % (name, value, unit), flush=True)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument('--minutes', type=float, default=10)
    parser.add_argument('--agents', type=int, default=3)
    parser.add_argument('--seed', type=int, default=None)
    parser.add_argument('--database', choices=['h2', 'postgresql'], default='h2')
    parser.add_argument('--disk', type=int, default=4096, help="MiB of the server's own disk; 0 for none")
    parser.add_argument('--gap', type=float, default=8, help='the most seconds between two faults')
    parser.add_argument('--faults', default='', help='only these, with commas between them')
    parser.add_argument('--keep', default=None, help='leave everything in this folder, mounts too')
    a = parser.parse_args()
    if os.geteuid():
        cannot('namespaces and mounts need root')
    seed = a.seed if a.seed is not None else random.randrange(1 << 30)
    dice = random.Random(seed)
    print('# seed %d' % seed)
    folder = os.path.abspath(a.keep) if a.keep else tempfile.mkdtemp(prefix='acopio-chaos-')
    os.makedirs(folder, exist_ok=True)
    data = os.path.join(folder, 'data')
    os.makedirs(data)
    undo = contextlib.ExitStack()
    with undo:
        if not a.keep:
            undo.callback(shutil.rmtree, folder, True)
        disk = Disk(data, os.path.join(folder, 'aside'), a.disk) if a.disk else None
        if disk and not disk.made:
            disk = None
            say('no mount here: the disk is neither filled up nor read-only')
        elif disk and not a.keep:
            undo.callback(disk.close)
        network = Network(a.agents)
        undo.callback(network.close)
        if not Clock.prepare(folder):
            say('no C compiler here: no clock jumps')
        database = None
        if a.database == 'postgresql':
            if not glob.glob('/usr/lib/postgresql/*/bin/initdb'):
                cannot('there are no server programs of PostgreSQL in /usr/lib/postgresql')
            os.makedirs(os.path.join(folder, 'database'))
            os.chmod(folder, 0o755)
            database = Database(network, os.path.join(folder, 'database'))
            undo.callback(database.kill)
        server = Server(network, data, os.path.join(folder, 'server.log'), database,
                        Clock(folder, 'server'))
        if not server.start():
            cannot('the server does not start: ' + server.said.strip()[-1000:])
        undo.callback(server.stop)
        code = re.search(r'enrol ([0-9A-Z-]{47})', server.said)
        if not code:
            cannot('the first start showed no enrolment code:\n' + server.said)
        agents = [(Agent if i + 1 < a.agents or i == 0 else IngestAgent)(
            i + 1, name, folder, code.group(1), random.Random(seed + i)) for i, name in enumerate(network.agents)]
        faults = Faults(network, server, agents, disk, database, a.gap, dice)
        if a.faults:
            faults.only(a.faults.split(','))
        for agent in agents:
            agent.start()
        end = time.monotonic() + a.minutes * 60
        while time.monotonic() < end:
            faults.one()
        say('healed; every agent runs to its end')
        unfinished = [agent.number for agent in agents if not agent.finish()]
        server.stop()
        store = os.path.join(data, 'store')
        files, lost, foreign = judge(agents, store)
        checked, found = server.check()
        figure('chaos.minutes', a.minutes, 'minutes')
        for name, count in sorted(faults.counts.items()):
            figure('chaos.fault.' + name, count, 'times')
        figure('chaos.overlaps', faults.overlaps, 'times')
        figure('chaos.runs', sum(agent.runs for agent in agents), 'runs')
        figure('chaos.runs.complete', sum(agent.complete for agent in agents), 'runs')
        figure('chaos.files', files, 'files')
        figure('chaos.receipts', sum(len(agent.receipts) for agent in agents), 'receipts')
        figure('chaos.unfinished', len(unfinished), 'agents')
        figure('chaos.lost', len(lost), 'files')
        figure('chaos.foreign', len(foreign), 'files')
        figure('chaos.check', checked, 'exit')
        for path in (lost + foreign)[:50]:
            print('# ' + path)
        if checked:
            print('\n'.join('# ' + line for line in found.strip().splitlines()[-20:]))
        if unfinished:
            print('# agents %s did not get to their end: %s' % (unfinished, [agents[n - 1].errors[-3:] for n in unfinished]))
    return 1 if lost or foreign or unfinished or checked else 0


BEGAN = time.monotonic()
if __name__ == '__main__':
    sys.exit(main())
