#!/usr/bin/env python3
"""usage: sweep.py agent|server [--from 1] [--to N] [--every 1] [--keep FOLDER]

Kills one side of a collection (SIGKILL, by kill_at.c) right before its first, second, third … call that writes, syncs,
truncates, makes, links, renames or deletes something in its folder (the agent's journal, the server's data) or writes
to a socket, whichever thread makes it; starts it again, lets the collection go on, and compares source and store by
SHA-256: whatever was promised before is there, and in the end everything is, once, under its name. Each number has
files of its own. Goes on until a run ends without having met its call. One line per figure: NAME VALUE UNIT; exit
code 1 when something was lost.

Needs Linux, a C compiler, Python 3.11 and the distribution.
"""
import argparse
import collections
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile

HOME = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'target', 'acopio', 'bin')
OFF = ['-Dacopio.%s=off' % key for key in
       ['echo.ports', 'echo.queue-ports', 'session.thread-ports', 'session.selector-ports', 'ingest.ports']]
JPEG = b'\xff\xd8\xff\xe0\0\x10JFIF\0'


def digest(path):
    with open(path, 'rb') as file:
        return hashlib.file_digest(file, 'sha256').hexdigest()


def shim(folder):
    library = os.path.join(folder, 'kill_at.so')
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'kill_at.c')
    subprocess.run(['cc', '-shared', '-fPIC', '-O2', '-o', library, source, '-ldl'], check=True)
    return library


def killed_at(number, under, library):
    return dict(os.environ, KILL_AT=str(number), KILL_UNDER=under, LD_PRELOAD=library) if number else None


def met(lines):
    """The call that a process was killed at, by its own words."""
    return next((line.split()[1] for line in lines if line.startswith('kill_at: ')), None)


class Server:
    def __init__(self, data, number=0, library=None):
        self.process = subprocess.Popen(
            [os.path.join(HOME, 'acopio-server'), '--data', data, '-Dacopio.http.port=0', '-Dacopio.rmi.port=0', *OFF],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
            env=killed_at(number, data, library))
        self.port = None
        self.lines = []
        for line in self.process.stdout:
            self.lines.append(line)
            found = re.search(r'Acopio ready.*rmi://[^ /]*:(\d+)', line)
            if found:
                self.port = int(found.group(1))
                break

    def kill(self):
        """Returns the call that had killed it before, if one had."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.lines += self.process.stdout.readlines()
        self.process.wait()
        return met(self.lines)


def collect(source, journal, port, receipts, number=0, library=None):
    """Returns the exit code, and the call that the agent was killed at."""
    done = subprocess.run(
        [os.path.join(HOME, 'acopio'), 'collect', source, '--server', 'localhost:%d' % port, '--journal', journal,
         '--yes', '--json', '--patience', '3'],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=killed_at(number, journal, library))
    for line in done.stdout.splitlines():
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if event.get('event') == 'file' and event.get('result') in ('stored', 'have') and 'storedAs' in event:
            receipts[event['storedAs']] = event['sha256']
    return done.returncode, met(done.stdout.splitlines())


def photos(folder, number):
    """Files that no other number has, two of them equal."""
    os.makedirs(folder)
    for i, size in enumerate([0, 5, 3_000, 70_000, 400_000, 400_000, 2_500_000]):
        seed = b'%d %d ' % (number, min(i, 5) if i != 4 else 5)
        with open(os.path.join(folder, 'foto %d.jpg' % i), 'wb') as file:
            file.write(JPEG + (seed * (size // len(seed) + 1))[:size])


def digests(folder):
    return {name: digest(os.path.join(folder, name)) for name in os.listdir(folder)} if os.path.isdir(folder) else {}


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument('side', choices=['agent', 'server'])
    parser.add_argument('--from', dest='first', type=int, default=1)
    parser.add_argument('--to', type=int, default=100000)
    parser.add_argument('--every', type=int, default=1)
    parser.add_argument('--keep', default=None)
    a = parser.parse_args()
    folder = os.path.abspath(a.keep) if a.keep else tempfile.mkdtemp(prefix='acopio-sweep-')
    os.makedirs(folder, exist_ok=True)
    library = shim(folder)
    lost, kinds, number = [], collections.Counter(), a.first
    shared = os.path.join(folder, 'data')
    server = Server(shared) if a.side == 'agent' else None
    while number <= a.to:
        place = os.path.join(folder, str(number))
        source, journal, receipts = os.path.join(place, 'photos'), os.path.join(place, 'journal'), {}
        photos(source, number)
        if a.side == 'agent':
            data = shared
            call = collect(source, journal, server.port, receipts, number, library)[1]
        else:
            data = os.path.join(place, 'data')
            server = Server(data, number, library)
            if server.port:
                collect(source, journal, server.port, receipts)
            call = server.kill()
            server = Server(data)
        code = collect(source, journal, server.port, receipts)[0]
        there = digests(os.path.join(data, 'store', '127.0.0.1') + source)
        for kept, promised in receipts.items():
            path = os.path.join(data, 'store', kept)
            if not os.path.isfile(path) or digest(path) != promised:
                lost.append('%d, %s: %s' % (number, call, kept))
        if code or there != digests(source):
            lost.append('%d, %s: exit %d, there is %s' % (number, call, code, sorted(there)))
        if a.side == 'server':
            server.kill()
        if not lost:
            shutil.rmtree(place)
        print('# call %d: %s' % (number, 'killed at ' + call if call else 'not met'), flush=True)
        if not call:
            break
        kinds[call] += 1
        number += a.every
    if a.side == 'agent':
        server.kill()
    for call, count in sorted(kinds.items()):
        print('sweep.%s.%s %d kills' % (a.side, call, count))
    kills = sum(kinds.values())
    print('sweep.%s.kills %d kills' % (a.side, kills))
    print('sweep.%s.lost %d files' % (a.side, len(lost)))
    for line in lost:
        print('# ' + line)
    if not a.keep and not lost:
        shutil.rmtree(folder)
    return 1 if lost else 0


if __name__ == '__main__':
    sys.exit(main())
