#!/usr/bin/env python3
"""The interactive client of the echo server on port 9999.

    echo_client.py HOST PORT

Reads lines, sends each as UTF-8 without a newline, shows what came back, and
stops after sending "exit" in any letter case.
"""
import socket
import sys


def receive(server, wanted):
    data = b""
    while len(data) < wanted:
        piece = server.recv(1024)
        if not piece:
            sys.exit("the server closed the connection after %d bytes" % len(data))
        data += piece
    return data


def main(host, port):
    with socket.create_connection((host, port), timeout=30) as server:
        while True:
            try:
                message = input("> ")
            except EOFError:
                return
            data = message.encode("utf-8")
            server.sendall(data)
            if message.lower() == "exit":
                return
            answer = receive(server, len(data))
            print(answer.decode("utf-8", "replace"))
            if answer != data:
                sys.exit("sent %r, received %r" % (data, answer))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
