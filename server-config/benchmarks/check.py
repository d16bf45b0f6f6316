#!/usr/bin/env python3
"""usage: check.py [--files 20000] [--large 4] [--rounds 3] [--cold]

Collects files with the real agent, stops the server, and reads the whole store again in two ways, by turns: 'acopio-server check
--read-data' and sha256sum of the same files. One line per figure: NAME VALUE UNIT; 'check.ratio' is the speed of the check by that of
sha256sum (goal: 0.8 or more), the median of the rounds, with the start of the JVM and the opening of the catalog in it; 'check.ratio.read'
is without them, as the check itself measures. Once of small files (50 KB), once of large ones (256 MiB). --cold drops the page cache before
each reading and needs root. Needs Linux and a built distribution."""
import argparse, json, os, random, re, statistics, subprocess, tempfile, time

HOME = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'target', 'acopio')
OFF = ['-Dacopio.http.port=0', '-Dacopio.rmi.port=0', '-Dacopio.scrub.days=0'] + ['-Dacopio.%s=off' % key for key in (
    'ingest.ports', 'echo.ports', 'echo.queue-ports', 'session.thread-ports', 'session.selector-ports')]
JPEG = bytes.fromhex('ffd8ffe000104a46494600010100')


def make(folder, files, size):
    source = random.Random(size)
    for i in range(files):
        place = os.path.join(folder, 'album %d' % (i // 500))
        os.makedirs(place, exist_ok=True)
        with open(os.path.join(place, '%d.jpg' % i), 'wb') as file:
            file.write(JPEG)
            left = size - len(JPEG)
            while left > 0:
                chunk = source.randbytes(min(left, 1 << 22))
                file.write(chunk)
                left -= len(chunk)


def collect(data, folder, journal):
    server = subprocess.Popen([os.path.join(HOME, 'bin', 'acopio-server'), '--data', data, *OFF], stdout=subprocess.PIPE, text=True)
    try:
        port = next((m.group(1) for m in (re.search(r'^Acopio ready .*rmi://[^:]+:(\d+)/', line) for line in server.stdout) if m), None)
        if port is None:
            raise SystemExit('the server did not start')
        subprocess.run([os.path.join(HOME, 'bin', 'acopio'), 'collect', folder, '--server', '127.0.0.1:' + port, '--journal', journal,
                        '--yes', '--json'], check=True, stdout=subprocess.DEVNULL)
    finally:
        server.terminate()
        server.wait()


def drop(cold):
    if cold:
        subprocess.run(['sync'], check=True)
        with open('/proc/sys/vm/drop_caches', 'w') as file:
            file.write('3')


def check(data):
    started = time.monotonic()
    said = subprocess.run([os.path.join(HOME, 'bin', 'acopio-server'), 'check', '--data', data, '--read-data', '--json', *OFF],
                          check=True, stdout=subprocess.PIPE, text=True)
    seconds = time.monotonic() - started
    report = json.loads(next(line for line in said.stdout.splitlines() if line.startswith('{')))
    return seconds, report['readBytes'], report['millis'] / 1000


def sums(store):
    started = time.monotonic()
    subprocess.run('find . -path ./.acopio -prune -o -path ./.partial -prune -o -type f -print0 | xargs -0 sha256sum > /dev/null',
                   shell=True, cwd=store, check=True)
    return time.monotonic() - started


def run(name, files, size, a):
    with tempfile.TemporaryDirectory() as place:
        folder, data = os.path.join(place, 'photos'), os.path.join(place, 'data')
        make(folder, files, size)
        collect(data, folder, os.path.join(place, 'journal'))
        whole, read = [], []
        for _ in range(a.rounds):
            drop(a.cold)
            seconds, count, own = check(data)
            drop(a.cold)
            other = sums(os.path.join(data, 'store'))
            whole.append(other / seconds)
            read.append(other / own)
            print('check.%s %.0f MB/s' % (name, count / seconds / 1e6), flush=True)
            print('check.%s.read %.0f MB/s' % (name, count / own / 1e6), flush=True)
            print('check.%s.sha256sum %.0f MB/s' % (name, count / other / 1e6), flush=True)
        print('check.%s.ratio %.2f x' % (name, statistics.median(whole)), flush=True)
        print('check.%s.ratio.read %.2f x' % (name, statistics.median(read)), flush=True)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument('--files', type=int, default=20_000)
    parser.add_argument('--large', type=int, default=4)
    parser.add_argument('--rounds', type=int, default=3)
    parser.add_argument('--cold', action='store_true')
    a = parser.parse_args()
    if a.files:
        run('small', a.files, 50_000, a)
    if a.large:
        run('large', a.large, 256 << 20, a)


if __name__ == '__main__':
    main()
