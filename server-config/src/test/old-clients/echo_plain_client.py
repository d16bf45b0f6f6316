#!/usr/bin/env python3
"""The client of the plain echo server on port 65432.

    echo_plain_client.py HOST PORT
"""
import socket
import sys


def main(host, port):
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as s:
        s.settimeout(30)
        s.connect((host, port))
        s.sendall(b"Hello, world")
        data = s.recv(1024)
    print("Received", repr(data))
    if data != b"Hello, world":
        sys.exit("something else was sent")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
