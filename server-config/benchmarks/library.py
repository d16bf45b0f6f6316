#!/usr/bin/env python3
"""usage: library.py [--files 100000] [--rounds 30] [--database postgresql | --url JDBC --user USER --password PASSWORD]

Fills a catalog with files, starts a server on it and asks /api/files for searches and pages of every kind, one after the
other on one connection. One line per figure: NAME VALUE UNIT, p50 and max of the rounds, from the request to the last
byte of the answer; the first rounds of a server that still compiles are left out, and told as 'first'. Without --url the catalog
is the default, an H2 file; an address of PostgreSQL must name an empty database. --database postgresql starts one of its own for the
time of the run, which needs PostgreSQL on this machine (as root it runs as nobody). Needs Linux and a built distribution."""
import argparse, contextlib, glob, http.client, json, os, re, shutil, socket, statistics, subprocess, tempfile, time
from urllib.parse import quote

HOME = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'target', 'acopio')
BENCH = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'LibraryBench.java')
OFF = ['-Dacopio.%s=off' % key for key in (
    'ingest.ports', 'echo.ports', 'echo.queue-ports', 'session.thread-ports', 'session.selector-ports')]


def questions(files):
    deep = files - 200
    yield 'all.first', ''
    yield 'all.deep', 'offset=%d' % deep
    for sort in ('name', 'path', 'kind', 'size', 'modified', 'stored'):
        yield 'sort.%s.first' % sort, 'sort=' + sort
        yield 'sort.%s.deep' % sort, 'sort=%s&order=asc&offset=%d' % (sort, deep)
    yield 'text.frequent', 'q=a'
    yield 'text.frequent.deep', 'q=a&sort=name&offset=%d' % (files // 2)
    yield 'text.some', 'q=' + quote('montaña 2')
    yield 'text.four', 'q=' + quote('img playa boda 7')
    yield 'text.none', 'q=nowhere'
    yield 'kind', 'kind=audio,video&sort=size'
    yield 'client', 'client=192.0.2.7'
    yield 'agent', 'agent=1'
    yield 'size', 'minSize=1000000&maxSize=2000000&sort=size'
    yield 'dates', 'modifiedFrom=2019-01-01&modifiedTo=2019-12-31&sort=modified'
    yield 'digest.1', 'sha256=a'
    yield 'digest.8', 'sha256=0123abcd'
    yield 'copies', 'copies=only&sort=size'
    yield 'versions', 'versions=all&offset=%d' % deep
    yield 'everything', 'q=' + quote('música boda') + '&kind=image&client=192.0.2.7&minSize=1000&modifiedFrom=2018-01-01&copies=only&sort=name'


def fill(url, user, password, files):
    jars = glob.glob(os.path.join(HOME, 'lib', 'server', 'apps', 'acopio', 'WEB-INF', 'lib', '*.jar'))
    jars += glob.glob(os.path.join(HOME, 'lib', 'agent', '*.jar')) + glob.glob(os.path.join(HOME, 'lib', 'server', '*.jar'))
    started = time.monotonic()
    subprocess.run(['java', '-cp', ':'.join(jars), BENCH, url, user, password, str(files)], check=True, stderr=subprocess.DEVNULL)
    print('library.fill %.1f s' % (time.monotonic() - started), flush=True)


@contextlib.contextmanager
def postgresql():
    """An empty database on a free port of loopback, gone afterwards."""
    def tool(name):
        found = shutil.which(name) or max(glob.glob('/usr/lib/postgresql/*/bin/' + name), default=None)
        if found is None:
            raise SystemExit(name + ' is not there: install PostgreSQL, or give --url')
        return found

    user = 'nobody' if os.geteuid() == 0 else None
    with socket.create_server(('127.0.0.1', 0)) as free:
        port = free.getsockname()[1]
    folder = tempfile.mkdtemp()
    try:
        if user:
            shutil.chown(folder, user)
        run = lambda *words: subprocess.run(words, check=True, user=user, cwd='/', stdout=subprocess.DEVNULL)
        run(tool('initdb'), '-D', folder, '-U', 'acopio', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8')
        run(tool('pg_ctl'), '-D', folder, '-w', '-l', os.path.join(folder, 'log'), '-o', '-h 127.0.0.1 -p %d -k %s' % (port, folder), 'start')
        try:
            yield 'jdbc:postgresql://127.0.0.1:%d/postgres' % port
        finally:
            run(tool('pg_ctl'), '-D', folder, '-w', '-m', 'fast', 'stop')
    finally:
        shutil.rmtree(folder)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument('--files', type=int, default=100_000)
    parser.add_argument('--rounds', type=int, default=30)
    parser.add_argument('--database', choices=('h2', 'postgresql'), default='h2')
    parser.add_argument('--url')
    parser.add_argument('--user', default='acopio')
    parser.add_argument('--password', default='')
    a = parser.parse_args()
    with contextlib.ExitStack() as stack:
        data = stack.enter_context(tempfile.TemporaryDirectory())
        if a.database == 'postgresql' and not a.url:
            a.url = stack.enter_context(postgresql())
        own = ['-Dacopio.catalog.url=' + a.url, '-Dacopio.catalog.user=' + a.user, '-Dacopio.catalog.password=' + a.password] if a.url else []
        fill(a.url or 'jdbc:h2:file:' + os.path.join(data, 'catalog', 'acopio'), a.user, a.password, a.files)
        server = subprocess.Popen([os.path.join(HOME, 'bin', 'acopio-server'), '--data', data, '-Dacopio.http.port=0', '-Dacopio.rmi.port=0',
                                   *OFF, *own], stdout=subprocess.PIPE, text=True)
        try:
            ask(server, data, a)
        finally:
            server.terminate()
            server.wait()


def ask(server, data, a):
    port = next((m.group(1) for m in (re.search(r'^Acopio ready .*http://[^:]+:(\d+)/', line) for line in server.stdout) if m), None)
    if port is None:
        raise SystemExit('the server did not start')
    with open(os.path.join(data, 'admin-token')) as file:
        headers = {'Authorization': 'Bearer ' + file.read().strip()}
    connection = http.client.HTTPConnection('127.0.0.1', int(port))

    def cpu():
        with open('/proc/%d/stat' % server.pid) as file:
            return sum(map(int, file.read().rsplit(')', 1)[1].split()[11:13])) * 1000 / os.sysconf('SC_CLK_TCK')

    def timed(query):
        started = time.monotonic()
        connection.request('GET', '/api/files?' + query, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit('%s: %d %s' % (query, answer.status, body[:300]))
        return (time.monotonic() - started) * 1000, json.loads(body)

    took, first = timed('')
    print('library.start %.0f ms, %d files' % (took, first['matching']), flush=True)
    warm, worst = {}, 0
    for name, query in questions(a.files):
        warm[name] = [timed(query)[0] for _ in range(5)]
    for name, query in questions(a.files):
        times, found, before = [], 0, cpu()
        for _ in range(a.rounds):
            took, page = timed(query)
            times.append(took)
            found = page['matching']
        worst = max(worst, max(times))
        print('library.%s p50 %.1f ms, max %.1f ms, cpu %.1f ms, first %.0f ms, found %d' % (
            name, statistics.median(times), max(times), (cpu() - before) / a.rounds, warm[name][0], found), flush=True)
    print('# library: the slowest of all took %.1f ms' % worst)


if __name__ == '__main__':
    main()
