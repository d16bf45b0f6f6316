#!/usr/bin/env python3
"""usage: sweep.py agent|server [--from 1] [--to N] [--every 1] [--keep FOLDER]

Kills one side of a collection (SIGKILL, by strace) right before its first, second, third … system call that writes,
syncs, links, renames or deletes, starts it again, lets the collection go on, and compares source and store by SHA-256:
whatever was promised before is there, and in the end everything is, once. Goes on until a run ends without having met
its call. One line per figure: NAME VALUE UNIT; exit code 1 when something was lost.

The agent makes some 200 such calls for a few files (3 s each); the server makes some 500 with its start (30 s each): a
sweep of it takes hours, --every 10 a tenth. Needs Linux, strace, Python 3.11 and the distribution.
"""
import argparse
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
CALLS = 'write,pwrite64,writev,pwritev,fsync,fdatasync,ftruncate,link,linkat,rename,renameat,renameat2,unlink,unlinkat'
OFF = ['-Dacopio.%s=off' % key for key in
       ['echo.ports', 'echo.queue-ports', 'session.thread-ports', 'session.selector-ports', 'ingest.ports']]
JPEG = b'\xff\xd8\xff\xe0\0\x10JFIF\0'


def digest(path):
    with open(path, 'rb') as file:
        return hashlib.file_digest(file, 'sha256').hexdigest()


def traced(number):
    return ['strace', '-f', '-q', '-o', '/dev/null', '-e', 'trace=' + CALLS, '-e',
            'inject=%s:signal=KILL:when=%d' % (CALLS, number)] if number else []


class Server:
    def __init__(self, data, number=0):
        self.process = subprocess.Popen(
            traced(number) + [os.path.join(HOME, 'acopio-server'), '--data', data, '-Dacopio.http.port=0',
                              '-Dacopio.rmi.port=0', *OFF],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True)
        self.port = None
        for line in self.process.stdout:
            found = re.search(r'Acopio ready.*rmi://[^ /]*:(\d+)', line)
            if found:
                self.port = int(found.group(1))
                return

    def kill(self):
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        return self.process.wait()


def collect(source, journal, port, receipts, number=0):
    done = subprocess.run(
        traced(number) + [os.path.join(HOME, 'acopio'), 'collect', source, '--server', 'localhost:%d' % port,
                          '--journal', journal, '--yes', '--json', '--patience', '3'],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in done.stdout.splitlines():
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if event.get('event') == 'file' and event.get('result') in ('stored', 'have') and 'storedAs' in event:
            receipts[event['storedAs']] = event['sha256']
    return done.returncode


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument('side', choices=['agent', 'server'])
    parser.add_argument('--from', dest='first', type=int, default=1)
    parser.add_argument('--to', type=int, default=100000)
    parser.add_argument('--every', type=int, default=1)
    parser.add_argument('--keep', default=None)
    a = parser.parse_args()
    folder = os.path.abspath(a.keep) if a.keep else tempfile.mkdtemp(prefix='acopio-sweep-')
    source = os.path.join(folder, 'photos')
    os.makedirs(source)
    for i, size in enumerate([0, 5, 3_000, 70_000, 400_000, 400_000, 2_500_000]):
        with open(os.path.join(source, 'foto %d.jpg' % i), 'wb') as file:
            file.write((JPEG + bytes([i % 6]) * size)[:max(size, 4)])
    wanted = sorted(digest(os.path.join(source, name)) for name in os.listdir(source))
    lost, kills, number = [], 0, a.first
    server = None
    while number <= a.to:
        place = os.path.join(folder, str(number))
        journal, data, receipts = os.path.join(place, 'journal'), os.path.join(place, 'data'), {}
        os.makedirs(place)
        if a.side == 'agent':
            data = os.path.join(folder, 'data')
            server = server or Server(data)
            # strace ends as what it traces did.
            killed = collect(source, journal, server.port, receipts, number) in (-signal.SIGKILL, 128 + signal.SIGKILL)
        else:
            server = Server(data, number)
            if server.port:
                collect(source, journal, server.port, receipts)
            killed = server.process.poll() is not None
            server.kill()
            server = Server(data)
        kills += killed
        code = collect(source, journal, server.port, receipts)
        home = os.path.join(data, 'store', '127.0.0.1') + source
        there = sorted(digest(os.path.join(home, name)) for name in os.listdir(home)) if os.path.isdir(home) else []
        for kept, promised in receipts.items():
            path = os.path.join(data, 'store', kept)
            if not os.path.isfile(path) or digest(path) != promised:
                lost.append('%d: %s' % (number, kept))
        if code or (a.side == 'server' and there != wanted) or not set(wanted) <= set(there):
            lost.append('%d: exit %d, %d of %d files' % (number, code, len(there), len(wanted)))
        if a.side == 'server':
            server.kill()
        if not lost:
            shutil.rmtree(place)
        print('# call %d: %s' % (number, 'killed' if killed else 'not met'), flush=True)
        if not killed:
            break
        number += a.every
    if a.side == 'agent' and server:
        server.kill()
    print('sweep.%s.kills %d kills' % (a.side, kills))
    print('sweep.%s.lost %d files' % (a.side, len(lost)))
    for line in lost:
        print('# ' + line)
    if not a.keep and not lost:
        shutil.rmtree(folder)
    return 1 if lost else 0


if __name__ == '__main__':
    sys.exit(main())
