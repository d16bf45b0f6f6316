#!/usr/bin/env python3
"""The client of the echo server on port 4000, which reads 19 bytes at a time.

    echo_count_client.py HOST PORT

Sends one message longer than that and counts bytes until all have come back,
in however many pieces.
"""
import socket
import sys

MESSAGE = "Este es mi mensaje, señor servidor: más de una lectura. Se repite. ¿Sí? €"


def main(host, port):
    data = MESSAGE.encode("utf-8")
    server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    server.settimeout(30)
    print("conectando a %s puerto %d" % (host, port))
    server.connect((host, port))
    try:
        print('enviando "%s"' % MESSAGE)
        server.sendall(data)
        received = b""
        while len(received) < len(data):
            piece = server.recv(19)
            if not piece:
                sys.exit("the server closed the connection after %d bytes" % len(received))
            received += piece
            print("recibiendo %r" % piece)
        if received != data:
            sys.exit("sent %r, received %r" % (data, received))
        print("%d bytes" % len(received))
    finally:
        print("cerrando socket")
        server.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
