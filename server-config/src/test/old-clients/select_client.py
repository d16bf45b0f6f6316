#!/usr/bin/env python3
"""The clients of the server with select on port 10000.

    select_client.py HOST PORT

Two connections send a message in three pieces; each piece comes back to its
own sender.
"""
import socket
import sys

PIECES = ["Este mensaje ", "es enviado ", "en partes."]


def receive(s, wanted):
    data = b""
    while len(data) < wanted:
        piece = s.recv(1024)
        if not piece:
            sys.exit("the server closed the connection after %d bytes" % len(data))
        data += piece
    return data


def main(host, port):
    print("conectando a %s puerto %d" % (host, port))
    clients = [socket.socket(socket.AF_INET, socket.SOCK_STREAM) for _ in range(2)]
    for s in clients:
        s.settimeout(30)
        s.connect((host, port))
    for message in PIECES:
        data = message.encode("utf-8")
        for s in clients:
            print("%s: enviando %r" % (s.getsockname(), message))
            s.send(data)
        for s in clients:
            received = receive(s, len(data))
            print("%s: recibido %r" % (s.getsockname(), received.decode("utf-8", "replace")))
            if received != data:
                sys.exit("sent %r, received %r" % (data, received))
    for s in clients:
        print("cerrando socket", s.getsockname())
        s.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
