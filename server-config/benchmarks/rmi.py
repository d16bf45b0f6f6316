#!/usr/bin/env python3
"""usage: rmi.py [--rounds 5] [--seconds 6] [--callers 1,16]
Parity over Acopio's RMI (filters, sessions, one port) beside the same contract exported by the JDK alone: servers up at
once, called by turns. One line per figure: NAME VALUE UNIT; '#' lines sum up, with the median of the ratios within the
rounds. Needs Linux and a built distribution (./mvnw package)."""
import argparse, glob, os, statistics, subprocess, tempfile

from echo import HOME, Server, figure

BENCH = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'RmiBench.java')


def contract():
    found = glob.glob(os.path.join(HOME, 'lib', 'agent', 'acopio-remote-api-*.jar'))
    if not found:
        raise SystemExit('build the distribution first: ./mvnw package -DskipTests')
    return found[0]


def load(server, callers, seconds):
    before = server.cpu()
    out = subprocess.run(['java', '-XX:+UseSerialGC', '-cp', contract(), BENCH, 'load', str(server.port), str(callers),
                          str(seconds)], stdout=subprocess.PIPE, text=True, check=True).stdout.split()
    name = 'rmi.c%d.%s.' % (callers, server.name)
    count, took = int(out[0]), float(out[1])
    figure(name + 'cpu', (server.cpu() - before) / count * 1e6, 'us/call')
    return figure(name + 'rate', count / took, 'calls/s')


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument('--rounds', type=int, default=5)
    parser.add_argument('--seconds', type=float, default=6)
    parser.add_argument('--callers', default='1,16')
    a = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        acopio = [os.path.join(HOME, 'bin', 'acopio-server'), '--data', scratch, '-Dacopio.http.port=0',
                  '-Dacopio.rmi.port=0', '-Dacopio.echo.ports=off', '-Dacopio.ingest.ports=off',
                  '-Dacopio.echo.queue-ports=off', '-Dacopio.session.thread-ports=off',
                  '-Dacopio.session.selector-ports=off']
        servers = [Server('jdk', ['java', '-cp', contract(), BENCH, 'server'], r'^ready (\d+)'),
                   Server('acopio', acopio, r'^Acopio ready .* rmi://[^:]+:(\d+)/')]
        try:
            for server in servers:  # warm, outside the summary
                load(server, 16, 15)
            for callers in map(int, a.callers.split(',')):
                ratios = []
                for _ in range(a.rounds):
                    bare, ours = (load(server, callers, a.seconds) for server in servers)
                    ratios.append(ours / bare)
                print('# c%d: acopio %.2f of the rate of the JDK alone' % (callers, statistics.median(ratios)), flush=True)
        finally:
            for server in servers:
                server.stop()


if __name__ == '__main__':
    main()
