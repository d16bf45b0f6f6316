#!/usr/bin/env python3
"""usage: echo.py [--rounds 5] [--seconds 4] [--connections 64,1000] [--bytes 32,4096] [--idle 10000]
Acopio's echo port beside Netty's own echo on the same transport: servers up at once, measured by turns. One line per
figure: NAME VALUE UNIT; '#' lines sum up, with the median of the ratios within the rounds. Needs Linux and a built
distribution (./mvnw package)."""
import argparse, os, re, statistics, subprocess, tempfile

HOME = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'target', 'acopio')
BENCH = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'EchoBench.java')
TICKS = os.sysconf('SC_CLK_TCK')


def jars():
    for folder, _, names in os.walk(os.path.join(HOME, 'lib', 'server', 'apps', 'acopio-socket')):
        if any(name.endswith('.jar') for name in names):
            return os.path.join(folder, '*')
    raise SystemExit('build the distribution first: ./mvnw package -DskipTests')


class Server:
    def __init__(self, name, command, ready):
        self.name = name
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
        for line in self.process.stdout:
            found = re.search(ready, line)
            if found:
                self.port = int(found.group(1))
                return
        raise SystemExit(name + ' did not start')

    def stat(self, field):
        with open('/proc/%d/%s' % (self.process.pid, field)) as file:
            return file.read()

    def cpu(self):
        times = self.stat('stat').rpartition(')')[2].split()
        return (int(times[11]) + int(times[12])) / TICKS

    def status(self, key):
        return int(re.search(key + r':\s+(\d+)', self.stat('status')).group(1))

    def stop(self):
        self.process.terminate()
        self.process.wait()


def client(*words, **more):
    return subprocess.Popen(['java', '-XX:+UseSerialGC', '-cp', jars(), BENCH, *map(str, words)], text=True,
                            stdout=subprocess.PIPE, **more)


def figure(name, value, unit):
    print('%s %.6g %s' % (name, value, unit), flush=True)
    return value


def load(server, connections, size, seconds):
    before = server.cpu()
    out = client('load', server.port, connections, size, seconds).communicate()[0].split()
    name = 'echo.c%d.b%d.%s.' % (connections, size, server.name)
    count, took = int(out[0]), float(out[1])
    figure(name + 'p99', int(out[3]), 'us')
    return (figure(name + 'rate', count / took, 'messages/s'),
            figure(name + 'cpu', (server.cpu() - before) / count * 1e6, 'us/message'))


def idle(server, count):
    rss, threads = server.status('VmRSS'), server.status('Threads')
    holder = client('idle', server.port, count, stdin=subprocess.PIPE)
    held = int(holder.stdout.readline().split()[1])
    figure('idle.%s.connections' % server.name, held, 'connections')
    figure('idle.%s.memory' % server.name, (server.status('VmRSS') - rss) / 1024, 'MiB')
    figure('idle.%s.threads' % server.name, server.status('Threads') - threads, 'threads')
    holder.communicate('\n')


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument('--rounds', type=int, default=5)
    parser.add_argument('--seconds', type=float, default=4)
    parser.add_argument('--connections', default='64,1000')
    parser.add_argument('--bytes', default='32,4096')
    parser.add_argument('--idle', type=int, default=10000)
    a = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        acopio = [os.path.join(HOME, 'bin', 'acopio-server'), '--data', scratch, '-Dacopio.http.port=0',
                  '-Dacopio.rmi.port=0', '-Dacopio.echo.ports=0', '-Dacopio.ingest.ports=off',
                  '-Dacopio.echo.queue-ports=off', '-Dacopio.session.thread-ports=off',
                  '-Dacopio.session.selector-ports=off']
        servers = [Server('netty', ['java', '-cp', jars(), BENCH, 'server', '0'], r'^ready (\d+)'),
                   Server('acopio', acopio, r'^Acopio ready .* echo (\d+)')]
        try:
            for server in servers:  # warm, outside the figures
                client('load', server.port, 64, 32, 5).communicate()
            for connections in map(int, a.connections.split(',')):
                for size in map(int, a.bytes.split(',')):
                    rates, costs = [], []
                    for _ in range(a.rounds):
                        (netty, netty_cpu), (ours, our_cpu) = (load(s, connections, size, a.seconds) for s in servers)
                        rates.append(ours / netty)
                        costs.append(our_cpu / netty_cpu)
                    print('# c%d b%d: acopio %.2f of netty\'s rate, %.2f of its processor time a message' % (
                        connections, size, statistics.median(rates), statistics.median(costs)), flush=True)
            if a.idle:
                for server in servers:
                    idle(server, a.idle)
        finally:
            for server in servers:
                server.stop()


if __name__ == '__main__':
    main()
