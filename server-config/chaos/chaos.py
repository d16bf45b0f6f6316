#!/usr/bin/env python3
"""usage: sudo chaos.py [--minutes 10] [--agents 3] [--seed N] [--database h2|postgresql] [--disk MIB] [--gap SECONDS]
                     [--faults NAME,NAME…] [--keep FOLDER]

Agents collect from several network namespaces, the last of them over ingest and the others over RMI, while everything
that can break does, at random: the server and the agents are killed (SIGKILL) and frozen, cables are pulled, packets
delayed and lost, connections reset, the server's disk filled up, its database killed, and the clock of the server or of
an agent set ten years forward or back (clock_at.c). Then all is healed, every agent runs to its end, and the result is
judged by SHA-256 of the sources and of the files in the store, never by what the server's
own catalog says:

  lost       a file of a source that is not in the store, or a receipt whose bytes are not where it said
  foreign    a file in the store with bytes that no source ever had
  differs    'acopio-server check --read-data' finds something (told beside, not judged by)

One line per figure: NAME VALUE UNIT. Exit code 0 when nothing was lost and nothing is foreign, 1 otherwise, 2 when it
could not run. The same seed gives the same faults in the same order, at about the same moments.

Faults are kill-server, kill-agent, freeze-server, pull-cable, slow-line, reset-connections, fill-disk, kill-database
and jump-clock; those that cannot be made here are said in the first lines and left out. An agent that is between two
runs when it is to be killed does not count.

Needs Linux, root (namespaces, a mount), iproute2, Python 3.11 and the distribution (./mvnw package -DskipTests); for
clocks a C compiler, for --database postgresql PostgreSQL's server programs.
"""
import argparse
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


def run(*words, check=True):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    if check and done.returncode:
        raise SystemExit('%s: %s' % (' '.join(map(str, words)), (done.stderr or done.stdout).strip()))
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

    def slow(self, i, on):
        words = ['add', 'dev', 'c%d' % i, 'root', 'netem', 'delay', '100ms', '40ms', 'loss', '2%']
        if not on:
            words = ['del', 'dev', 'c%d' % i, 'root']
        return run('tc', '-n', self.server, 'qdisc', *words, check=False).returncode == 0

    def reset(self):
        run('ip', 'netns', 'exec', self.server, 'ss', '-K', 'state', 'established', check=False)

    def close(self):
        for name in [self.server, *self.agents]:
            run('ip', 'netns', 'del', name, check=False)


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
                   self.data, '--read-data', *(word for word in self.words if word.startswith('-Dacopio.catalog')), check=False)
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

    def __init__(self, number, name, folder, code, dice):
        super().__init__(daemon=True)
        self.number, self.name_space, self.dice = number, name, dice
        self.source = os.path.join(folder, 'pc%d' % number, 'photos')
        self.journal = os.path.join(folder, 'pc%d' % number, 'journal')
        os.makedirs(self.source)
        self.code = code
        self.clock = Clock(folder, 'pc%d' % number)
        self.ever = set()       # digests of all bytes that files here ever had
        self.receipts = {}      # where the server said that it has them -> digest
        self.runs = self.complete = self.made = 0
        self.process = None
        self.ending = threading.Event()
        self.errors = []

    def write(self, name, size):
        content = HEADS[name.rsplit('.', 1)[1]] + self.dice.randbytes(size)
        path = os.path.join(self.source, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        self.ever.add(hashlib.sha256(content).hexdigest())
        with open(path + '.tmp', 'wb') as file:
            file.write(content)
        os.replace(path + '.tmp', path)

    def change(self):
        for _ in range(self.dice.randint(5, 60)):
            self.made += 1
            size = self.dice.choice([0, 1, 3, 700, 5_000, 40_000, 200_000])
            self.write('album %d/foto %05d.%s' % (self.made % 7, self.made, self.dice.choice(list(HEADS))), size)
        if self.dice.random() < 0.3:
            self.made += 1
            self.write('películas/film %05d.mp4' % self.made, self.dice.randint(3, 9) << 20)
        names = [os.path.join(place, name) for place, _, names in os.walk(self.source) for name in names]
        for path in self.dice.sample(names, min(2, len(names))):
            self.write(os.path.relpath(path, self.source), self.dice.randint(0, 60_000))

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
            self.receipts[event['storedAs']] = event['sha256']
        elif event.get('event') == 'error':
            self.errors.append(event.get('code'))

    def collect(self):
        self.runs += 1
        self.process = subprocess.Popen(['ip', 'netns', 'exec', self.name_space, *self.command()],
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                        stdin=subprocess.DEVNULL, start_new_session=True,
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
    """The same with the example client, under the identity of an enrolled PC. Its files are judged, not its words."""

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
        if not line.startswith(' '):
            self.errors = self.errors[-3:] + [line.strip()]


class Faults:
    """What goes wrong. Each breaks something, waits, and heals it."""

    def __init__(self, network, server, agents, disk, database, gap, dice):
        self.network, self.server, self.agents, self.disk = network, server, agents, disk
        self.database, self.gap, self.dice = database, gap, dice
        self.counts = {}
        self.kinds = [self.kill_server, self.kill_server, self.kill_agent, self.kill_agent, self.freeze_server,
                      self.pull_cable, self.slow_line, self.reset_connections]
        if disk:
            self.kinds.append(self.fill_disk)
        if database:
            self.kinds.append(self.kill_database)
        if server.clock.environment():
            self.kinds.append(self.jump_clock)

    def only(self, names):
        self.kinds = [kind for kind in self.kinds if kind.__name__.replace('_', '-') in names]
        if not self.kinds:
            sys.exit('none of these faults can be made here: ' + ', '.join(names))

    def one(self):
        fault = self.dice.choice(self.kinds)
        name = fault.__name__.replace('_', '-')
        say(name)
        if fault() is not False:
            self.counts[name] = self.counts.get(name, 0) + 1
        self.pause(min(0.5, self.gap), self.gap)

    def pause(self, least, most):
        time.sleep(self.dice.uniform(least, most))

    def restart(self):
        for _ in range(3):
            if self.server.start():
                return
            say('the server did not start: ' + self.server.said.strip()[-400:])
        raise SystemExit('the server does not start any more')

    def kill_server(self):
        self.server.kill()
        self.pause(0, 3)
        self.restart()

    def kill_agent(self):
        return self.dice.choice(self.agents).kill()

    def freeze_server(self):
        self.server.signal(signal.SIGSTOP)
        self.pause(2, 12)
        self.server.signal(signal.SIGCONT)

    def pull_cable(self):
        one = self.dice.choice(self.agents).number
        self.network.cable(one, False)
        self.pause(1, 12)
        self.network.cable(one, True)

    def slow_line(self):
        one = self.dice.choice(self.agents).number
        self.network.slow(one, True)
        self.pause(4, 15)
        self.network.slow(one, False)

    def reset_connections(self):
        for _ in range(self.dice.randint(1, 4)):
            self.network.reset()
            self.pause(1, 3)

    def fill_disk(self):
        balloon = os.path.join(self.disk, 'balloon')
        with contextlib.suppress(OSError), open(balloon, 'wb') as file:
            while True:
                file.write(bytes(1 << 20))
        self.pause(3, 12)
        os.remove(balloon)

    def kill_database(self):
        self.database.kill()
        self.pause(1, 10)
        self.database.start()

    def jump_clock(self):
        year = 365 * 24 * 3600
        one = self.dice.choice([self.server, self.dice.choice(self.agents)])
        one.clock.set(self.dice.choice([10 * year, -10 * year, 3600, -3600]))
        self.pause(3, 12)
        one.clock.set(0)


def judge(agents, store):
    lost, foreign, files = [], [], 0
    for agent in agents:
        home = os.path.join(store, '10.77.%d.2' % agent.number)
        there = {}
        for place, _, names in os.walk(home):
            for name in names:
                files += 1
                path = os.path.join(place, name)
                there[path] = digest(path)
                if there[path] not in agent.ever:
                    foreign.append(path)
        for place, _, names in os.walk(agent.source):
            for name in names:
                path = os.path.join(place, name)
                stem, end = os.path.splitext(home + path)
                versions = re.compile(re.escape(stem) + r'(%v\d+)?' + re.escape(end))
                if digest(path) not in [sum for kept, sum in there.items() if versions.fullmatch(kept)]:
                    lost.append(path)
        for kept, promised in agent.receipts.items():
            if there.get(os.path.join(store, kept)) != promised:
                lost.append('receipt ' + kept)
    return files, lost, foreign


def figure(name, value, unit):
    print('%s %.6g %s' % (name, value, unit), flush=True)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument('--minutes', type=float, default=10)
    parser.add_argument('--agents', type=int, default=3)
    parser.add_argument('--seed', type=int, default=None)
    parser.add_argument('--database', choices=['h2', 'postgresql'], default='h2')
    parser.add_argument('--disk', type=int, default=4096, help='MiB of the disk that is filled up; 0 fills none')
    parser.add_argument('--gap', type=float, default=8, help='the most seconds between two faults')
    parser.add_argument('--faults', default='', help='only these, with commas between them')
    parser.add_argument('--keep', default=None, help='leave everything in this folder')
    a = parser.parse_args()
    if os.geteuid():
        sys.exit('namespaces and mounts need root')
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
        disk = None
        if a.disk:
            # The server's own folder is a file system of this size.
            if run('mount', '-t', 'tmpfs', '-o', 'size=%dm' % a.disk, 'acopio', data, check=False).returncode == 0:
                disk = data
                undo.callback(run, 'umount', '-l', data, check=False)
            else:
                say('no mount here: the disk is not filled up')
        network = Network(a.agents)
        undo.callback(network.close)
        if not Clock.prepare(folder):
            say('no C compiler here: no clock jumps')
        database = None
        if a.database == 'postgresql':
            if not glob.glob('/usr/lib/postgresql/*/bin/initdb'):
                sys.exit('there are no server programs of PostgreSQL in /usr/lib/postgresql')
            os.makedirs(os.path.join(folder, 'database'))
            os.chmod(folder, 0o755)
            database = Database(network, os.path.join(folder, 'database'))
            undo.callback(database.kill)
        server = Server(network, data, os.path.join(folder, 'server.log'), database,
                        Clock(folder, 'server'))
        if not server.start():
            sys.exit('the server does not start: ' + server.said.strip()[-1000:])
        undo.callback(server.stop)
        code = re.search(r'enrol ([0-9A-Z-]{47})', server.said)
        if not code:
            sys.exit('the first start showed no enrolment code:\n' + server.said)
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
    return 1 if lost or foreign or unfinished else 0


BEGAN = time.monotonic()
if __name__ == '__main__':
    sys.exit(main())
