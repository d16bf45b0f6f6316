#!/usr/bin/env python3
"""The client of the session server on port 6667.

    session_client.py HOST PORT

Reads lines and sends each as one message without a newline. The server answers
with day, time and seconds since the connection, and SALIR with the seconds.
"""
import re
import socket
import sys

ANSWER = re.compile(r"\d\d/\d\d/\d{4} \d\d:\d\d:\d\d (\d+) secs")
TOTAL = re.compile(r"(\d+) secs")


def main(host, port):
    server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    server.settimeout(30)
    server.connect((host, port))
    step = 0
    before = 0
    with server:
        while True:
            message = input("[%d] mensaje: " % (step + 1))
            step += 1
            server.send(message.encode("utf-8"))
            answer = server.recv(1024).decode("utf-8")
            expected = TOTAL if message == "SALIR" else ANSWER
            match = expected.fullmatch(answer)
            if match is None:
                sys.exit("%r was answered %r" % (message, answer))
            if int(match.group(1)) < before:
                sys.exit("the seconds went back from %d: %r" % (before, answer))
            before = int(match.group(1))
            print(answer)
            if message == "SALIR":
                break
        rest = server.recv(1024)
        if rest:
            sys.exit("after SALIR came %r" % rest)
    print("%d pasos" % step)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
