#!/usr/bin/env python3
"""Collects a folder with Acopio and with rsync's daemon, by turns, and prints one line per figure.

usage: collect.py photos|tiny|videos [--rounds 5] [--scale 1.0] [--keep FOLDER] [--tls | --wan MS:MBIT]

photos: 4,000 files of 10 KiB to 2 MiB, tiny: 10,000 of 1 to 8 KiB, videos: 4 of 512 MiB; --scale makes fewer
(videos: smaller ones). Phases: cold (nothing is on the server), again (nothing has changed). A time is wall
time from the client's start until it has ended and the file system is flushed. rsync-fsync syncs each file, as Acopio
does; rsync does not. The last lines give medians, and for each round the ratio rsync / Acopio (above 1: Acopio
is faster), as the median over the rounds. --tls adds Acopio by this machine's address in its network,
where the server listens meanwhile: as from another PC, enrolled and in TLS. --wan 20:1000 puts all clients behind a link
of 20 ms there and back and 1,000 Mbit/s (slow_link.c, in a network namespace); Acopio is enrolled and speaks TLS there,
rsync does not. Every file is compared with its source after each phase, untimed.

Needs Linux, Python 3.11, rsync, a JDK 17 and the distribution (./mvnw package -DskipTests); --wan needs root, iproute2 and
a C compiler.
"""
import argparse
import hashlib
import os
import random
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

HOME = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'target', 'acopio', 'bin')
HEADS = {'jpg': b'\xff\xd8\xff\xe0\0\x10JFIF\0', 'png': b'\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'pdf': b'%PDF-1.7\n',
         'mp3': b'ID3\x04\0\0\0\0\0\0', 'mp4': b'\0\0\0\x20ftypisom\0\0\2\0isomiso2'}
CLIENTS = ['acopio', 'rsync', 'rsync-fsync']


def corpus(kind, folder, scale):
    dice = random.Random(kind)
    if kind == 'videos':
        sizes = [int((512 << 20) * scale)] * 4
    elif kind == 'photos':
        sizes = [int(min(2 << 20, max(10 << 10, dice.lognormvariate(12.04, 1.05)))) for _ in range(int(4000 * scale))]
    else:
        sizes = [dice.randint(1 << 10, 8 << 10) for _ in range(int(10000 * scale))]
    for i, size in enumerate(sizes):
        ext = 'mp4' if kind == 'videos' else dice.choice(list(HEADS))
        place = os.path.join(folder, 'álbum %d' % (i % 40), 'año %d' % (i % 6))
        os.makedirs(place, exist_ok=True)
        with open(os.path.join(place, 'foto %05d.%s' % (i, ext)), 'wb') as out:
            out.write(HEADS[ext])
            left = size - len(HEADS[ext])
            while left > 0:
                out.write(dice.randbytes(min(left, 1 << 20)))
                left -= 1 << 20
    return len(sizes), sum(sizes)


def digests(folder):
    found = []
    for place, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(place, name), 'rb') as file:
                found.append(hashlib.file_digest(file, 'sha256').digest())
    return sorted(found)


# The TCP ports stay shut, so that a server on the usual ones may run beside this.
NO_TCP = ['-Dacopio.%s=off' % key for key in (
    'ingest.ports', 'echo.ports', 'echo.queue-ports', 'session.thread-ports', 'session.selector-ports')]


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def own_address():
    """That of this machine in its network; sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(('192.0.2.1', 9))
            return probe.getsockname()[0]
        except OSError:
            raise SystemExit('--tls needs an address in a network, and this machine has none')


class Link:
    """A cable to a namespace of its own, made by slow_link.c."""
    SERVER, CLIENT = '10.79.0.1', '10.79.0.2'

    def __init__(self, wanted, scratch):
        delay, rate = wanted.split(':')
        self.name, near, far = 'acopio%d' % os.getpid(), 'near%d' % os.getpid(), 'far%d' % os.getpid()
        self.words, self.cable = ['ip', 'netns', 'exec', self.name], None
        program = os.path.join(scratch, 'slow_link')
        run = lambda *words: subprocess.run(words, check=True)
        try:
            run('cc', '-O2', '-pthread', '-o', program, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'slow_link.c'))
            run('ip', 'netns', 'add', self.name)
            self.cable = subprocess.Popen([program, self.name, near, far, str(float(delay) / 2), rate], stdout=subprocess.PIPE, text=True)
            if self.cable.stdout.readline() != 'ready\n':
                raise SystemExit('--wan needs root and TUN devices')
            for end, device, address in (['ip'], near, self.SERVER), (['ip', '-n', self.name], far, self.CLIENT):
                run(*end, 'addr', 'add', address + '/24', 'dev', device)
                run(*end, 'link', 'set', device, 'mtu', '9000', 'txqueuelen', '10000', 'up')
        except (subprocess.CalledProcessError, OSError) as e:
            raise SystemExit('--wan needs root, iproute2 and a C compiler: %s' % e)
        finally:
            if sys.exc_info()[0]:
                self.close()

    def close(self):
        if self.cable:
            self.cable.kill()
            self.cable.wait()
        subprocess.run(['ip', 'netns', 'del', self.name], stderr=subprocess.DEVNULL)


class Acopio:
    def __init__(self, base, source, tls, link):
        address = link.SERVER if link else own_address() if tls else '127.0.0.1'
        self.files = os.path.join(base, 'data', 'store', link.CLIENT if link else address)
        self.server = subprocess.Popen([os.path.join(HOME, 'acopio-server'), '--data', os.path.join(base, 'data'), '--bind', address,
                                        '-Dacopio.rmi.port=0', '-Dacopio.http.port=0', '-Dacopio.https.port=off', *NO_TCP],
                                       stdout=subprocess.PIPE, text=True)
        said = ''
        for line in self.server.stdout:
            said += line
            if line.startswith('Acopio ready'):
                break
        port = re.search(r'rmi://[^:]+:(\d+)', said)
        if port is None:
            raise SystemExit('the server did not start:\n' + said)
        where = ['--server', address + ':' + port.group(1), '--journal', os.path.join(base, 'journal')]
        client = link.words if link else []
        if tls or link:
            code = re.search(r"'acopio enrol (\S+) ", said).group(1)
            subprocess.run([*client, os.path.join(HOME, 'acopio'), 'enrol', code, *where], check=True, stdout=subprocess.DEVNULL)
        self.client = [*client, os.path.join(HOME, 'acopio'), 'collect', source, *where, '--yes', '--json']


class Rsync:
    def __init__(self, base, source, fsync, link):
        self.files, port = os.path.join(base, 'to'), str(free_port())
        address = link.SERVER if link else '127.0.0.1'
        os.makedirs(self.files)
        conf = os.path.join(base, 'rsyncd.conf')
        with open(conf, 'w') as out:
            out.write('use chroot = no\nuid = %d\ngid = %d\nread only = no\n[to]\npath = %s\n' % (os.getuid(), os.getgid(), self.files))
        self.server = subprocess.Popen(['rsync', '--daemon', '--no-detach', '--address=' + address, '--port=' + port, '--config=' + conf])
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex((address, int(port))) == 0:
                    break
            time.sleep(0.05)
        self.client = [*(link.words if link else []), 'rsync', '-a', *(['--fsync'] if fsync else []), source + '/',
                       'rsync://%s:%s/to/' % (address, port)]


def timed(command, folder):
    os.sync()
    start = time.monotonic()
    code = subprocess.run(command, stdout=subprocess.DEVNULL).returncode
    subprocess.run(['sync', '-f', folder], check=True)
    return code, time.monotonic() - start


def main():
    words = argparse.ArgumentParser(usage=__doc__)
    words.add_argument('kind', choices=['photos', 'tiny', 'videos'])
    words.add_argument('--rounds', type=int, default=5)
    words.add_argument('--scale', type=float, default=1.0)
    words.add_argument('--keep', help='folder for the corpus, kept for the next run')
    way = words.add_mutually_exclusive_group()
    way.add_argument('--tls', action='store_true')
    way.add_argument('--wan', metavar='MS:MBIT')
    given = words.parse_args()
    clients = CLIENTS + ['acopio-tls'] * given.tls
    scratch, link = tempfile.mkdtemp(prefix='acopio-benchmark-'), None
    try:
        link = Link(given.wan, scratch) if given.wan else None
        source = os.path.abspath(given.keep) if given.keep else os.path.join(scratch, 'source')
        if not os.path.isdir(source) or not os.listdir(source):
            count, size = corpus(given.kind, source, given.scale)
            print('%s.corpus %d files %.1f MiB' % (given.kind, count, size / 1048576))
        wanted, times = digests(source), {}
        for turn in range(given.rounds):
            for name in clients:
                base = os.path.join(scratch, '%s-%d' % (name, turn))
                os.makedirs(base)
                peer = (Acopio(base, source, name == 'acopio-tls', link) if name.startswith('acopio')
                        else Rsync(base, source, name == 'rsync-fsync', link))
                for phase in ('cold', 'again'):
                    code, seconds = timed(peer.client, base)
                    complete = code == 0 and digests(peer.files) == wanted
                    print('%s.%s.%s %.3f s%s' % (given.kind, phase, name, seconds, '' if complete else ' INCOMPLETE'), flush=True)
                    times.setdefault((phase, name), []).append(seconds if complete else float('nan'))
                peer.server.terminate()
                peer.server.wait()
                if given.kind == 'videos':
                    # Many deleted files would slow down those that are created next: README.md.
                    shutil.rmtree(base)
        for phase in ('cold', 'again'):
            own = times[phase, 'acopio']
            print('# %s %s acopio median %.3f s' % (given.kind, phase, statistics.median(own)))
            for name in clients[1:]:
                theirs = times[phase, name]
                paired = statistics.median(t / o for t, o in zip(theirs, own))
                print('# %s %s %s median %.3f s, paired ratio %.2f' % (given.kind, phase, name, statistics.median(theirs), paired))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
        if link:
            link.close()


main()
