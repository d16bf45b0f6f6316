#!/usr/bin/env python3
"""usage: clients.py [--files 100000] [--pcs 300] [--rounds 30] [--url JDBC --user USER --password PASSWORD]

Fills a catalog with a PC of many files and others of 200 each, starts a server on it and asks for folders of that PC and of its
address, and for lists of clients and agents, one after the other on one connection. One line per figure: NAME VALUE UNIT, p50 and
max of the rounds, from the request to the last byte of the answer; 'first' is the very first time, which of a folder reads all
files of the PC. Every second file of the PC is in one folder. Without --url the catalog is the default, an H2 file; an
address of PostgreSQL must name an empty database. Needs Linux and a built distribution."""
import argparse, glob, http.client, json, os, re, statistics, subprocess, tempfile, time

HOME = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'target', 'acopio')
BENCH = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'LibraryBench.java')
OFF = ['-Dacopio.%s=off' % key for key in (
    'ingest.ports', 'echo.ports', 'echo.queue-ports', 'session.thread-ports', 'session.selector-ports')]


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument('--files', type=int, default=100_000)
    parser.add_argument('--pcs', type=int, default=300)
    parser.add_argument('--rounds', type=int, default=30)
    parser.add_argument('--url')
    parser.add_argument('--user', default='acopio')
    parser.add_argument('--password', default='')
    a = parser.parse_args()
    with tempfile.TemporaryDirectory() as data:
        own = ['-Dacopio.catalog.url=' + a.url, '-Dacopio.catalog.user=' + a.user, '-Dacopio.catalog.password=' + a.password] if a.url else []
        jars = glob.glob(os.path.join(HOME, 'lib', 'server', 'apps', 'acopio', 'WEB-INF', 'lib', '*.jar'))
        jars += glob.glob(os.path.join(HOME, 'lib', 'agent', '*.jar')) + glob.glob(os.path.join(HOME, 'lib', 'server', '*.jar'))
        url = a.url or 'jdbc:h2:file:' + os.path.join(data, 'catalog', 'acopio')
        started = time.monotonic()
        subprocess.run(['java', '-cp', ':'.join(jars), BENCH, url, a.user, a.password, str(a.files), str(a.pcs)], check=True, stderr=subprocess.DEVNULL)
        print('clients.fill %.1f s' % (time.monotonic() - started), flush=True)
        server = subprocess.Popen([os.path.join(HOME, 'bin', 'acopio-server'), '--data', data, '-Dacopio.http.port=0', '-Dacopio.rmi.port=0',
                                   *OFF, *own], stdout=subprocess.PIPE, text=True)
        try:
            ask(server, data, a.rounds)
        finally:
            server.terminate()
            server.wait()


def ask(server, data, rounds):
    port = next((m.group(1) for m in (re.search(r'^Acopio ready .*http://[^:]+:(\d+)/', line) for line in server.stdout) if m), None)
    if port is None:
        raise SystemExit('the server did not start')
    with open(os.path.join(data, 'admin-token')) as file:
        headers = {'Authorization': 'Bearer ' + file.read().strip()}
    connection = http.client.HTTPConnection('127.0.0.1', int(port))

    def cpu():
        with open('/proc/%d/stat' % server.pid) as file:
            return sum(map(int, file.read().rsplit(')', 1)[1].split()[11:13])) * 1000 / os.sysconf('SC_CLK_TCK')

    def timed(path):
        started = time.monotonic()
        connection.request('GET', '/api/' + path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit('%s: %d %s' % (path, answer.status, body[:300]))
        return (time.monotonic() - started) * 1000, json.loads(body)

    def figure(name, path):
        first, answer = timed(path)
        for _ in range(5):
            timed(path)
        before, times = cpu(), [timed(path)[0] for _ in range(rounds)]
        print('clients.%s p50 %.1f ms, max %.1f ms, cpu %.1f ms, first %.0f ms' % (
            name, statistics.median(times), max(times), (cpu() - before) / rounds, first), flush=True)
        return answer

    time.sleep(5)
    for kind in ('clients', 'agents'):
        figure(kind + '.first', kind + '?limit=100')
        figure(kind + '.files', kind + '?limit=100&order=files')
        figure(kind + '.name.deep', kind + '?limit=100&order=name&offset=200')
        figure(kind + '.text', kind + '?limit=100&text=pc-7')
        figure(kind + '.address', kind + '?limit=100&text=192.0.2.7')
    agent = timed('agents?order=files')[1]['agents'][0]['id']
    figure('agent', 'agents/%s' % agent)
    for kind, root in (('pc', 'agents/%s/folder?' % agent), ('address', 'clients/192.0.2.0/folder?')):
        level, path = figure(kind + '.folder.root', root), root
        for depth in range(1, 5):
            most = max(level['folders'], key=lambda folder: folder['files'], default=None)
            if most is None:
                break
            path = root + 'folder=' + most['folder']
            level = figure('%s.folder.%d' % (kind, depth), path)
            if 'next' in level:
                figure('%s.folder.%d.next' % (kind, depth), path + '&after=' + level['next'])


if __name__ == '__main__':
    main()
