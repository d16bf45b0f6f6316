#!/usr/bin/env python3
"""Collects the media files of a folder through the ingest port of an Acopio server.

Use: python3 ingest_client.py [--identity DIR] HOST:PORT FOLDER [KEYFILE]. Stop it at any time: with the
same key file it goes on where it was. From another computer than the server's it needs the identity of an
enrolled PC (agent.pem, agent-tls.key, authority.pem in DIR) and its key file. Bytes: docs/protocols.md."""
import hashlib, io, mimetypes, os, pathlib, re, secrets, socket, ssl, struct, sys

OPEN, OFFER, WRITE, FINISH, CLOSE, ERROR = 2, 3, 4, 5, 6, 255
KIND = {OFFER: 1, WRITE: 3, FINISH: 5}  # of the packed batch that a request carries
MEDIA = re.compile("(image|audio|video)/|application/pdf")
TABLE = list(range(256))
for _ in range(8): TABLE = [entry >> 1 ^ (0x82F63B78 if entry & 1 else 0) for entry in TABLE]

def crc32c(data, crc=0, table=TABLE):
    """RFC 3720 B.4; crc is that of the bytes before. 10 MB/s: Python's own zlib has another one."""
    crc ^= 0xFFFFFFFF
    for byte in data: crc = table[(crc ^ byte) & 255] ^ crc >> 8
    return crc ^ 0xFFFFFFFF

def take(stream, layout):
    try: values = struct.unpack(">" + layout, stream.read(struct.calcsize(">" + layout)))
    except (OSError, struct.error):
        sys.exit("the server has closed the connection: run this again, or enrol a revoked --identity anew")
    return values if len(values) > 1 else values[0]

def take_blob(stream): return take(stream, f"{take(stream, 'I')}s")
def blob(data): return struct.pack(">I", len(data)) + data

def secured(plain, identity):
    """TLS 1.3 with both certificates; the server is known by its authority, not by its host name."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version, context.check_hostname = ssl.TLSVersion.TLSv1_3, False
    context.load_verify_locations(f"{identity}/authority.pem")
    context.load_cert_chain(f"{identity}/agent.pem", f"{identity}/agent-tls.key")
    return context.wrap_socket(plain)

class Server:
    def __init__(self, address, key, identity):
        host, port = address.rsplit(":", 1)
        self.socket = socket.create_connection((host.strip("[]"), int(port)), timeout=300)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if identity: self.socket = secured(self.socket, identity)
        self.stream, self.number = self.socket.makefile("rb"), 0
        self.socket.sendall(b"ACOPIO\x01\x01")
        if take(self.stream, "6sBBI")[:2] != (b"ACOPIO", 1): self.answer()
        names = blob(b"example 1") + blob(socket.gethostname().encode())
        ticket = self.call(OPEN, struct.pack(">I", 1) + key + names)
        self.ticket, _, _, self.block_bytes = *(take_blob(ticket) for _ in range(3)), take(ticket, "I")

    def answer(self):
        length, kind, _ = take(self.stream, "IBI")
        body = io.BytesIO(take(self.stream, f"{length - 5}s"))
        if kind == ERROR: sys.exit(f"error {take(body, 'BB')[0]}: {take_blob(body).decode()}")
        return body

    def call(self, kind, body):
        self.number += 1
        self.socket.sendall(struct.pack(">IBI", len(body) + 5, kind, self.number) + body)
        return self.answer()

    def one(self, kind, item):
        """Sends a packed batch of one item; returns the tag of the item in the answer, and the rest."""
        answer = self.call(kind, blob(self.ticket) + struct.pack(">BBI", 1, KIND[kind], 1) + blob(item))
        return take(answer, "BBIIB")[-1], answer

def send(server, file, size, upload, missing):
    """Sends what is missing of the four parts, never two in one frame; yields their checksums."""
    for part in range(4):
        start, end, crc = part * size // 4, (part + 1) * size // 4, 0
        at = start
        while at < end and (data := file.read(min(end - at, server.block_bytes))):
            own = crc32c(data)
            if any(at < to and at + len(data) > begin for begin, to in missing):
                place = struct.pack(">QBQI", upload, part, at - start, own)
                tag, answer = server.one(WRITE, place + blob(data))
                if tag > 1: sys.exit(f"block refused ({tag}): {take_blob(answer).decode()}; run this again")
            crc, at = own if at == start else crc32c(data, crc), at + len(data)
        print(f"  parte {part + 1}: recibido")
        yield crc

def collect(server, path, kind):
    """Offers one file, sends what the server does not have; returns whether it has all of it."""
    with open(path, "rb") as file:
        info, digest = os.fstat(file.fileno()), hashlib.sha256()
        while data := file.read(1 << 20): digest.update(data)
        file.seek(0)
        print(f"{path} {info.st_size} bytes, partes de {info.st_size // 4}")
        name = blob(os.fsencode(os.path.abspath(path).replace(os.sep, "/")))
        numbers = struct.pack(">QqI", info.st_size, *divmod(info.st_mtime_ns, 10**9))
        tag, answer = server.one(OFFER, name + numbers + blob(kind) + b"\x01" + digest.digest())
        result = {1: "ya estaba", 3: "rechazado"}.get(tag)
        if tag == 2:
            upload, ranges = take(answer, "QI")
            missing = [take(answer, "QQ") for _ in range(ranges)]
            claim = digest.digest(), *send(server, file, info.st_size, upload, missing)
            tag, answer = server.one(FINISH, struct.pack(">Q32s4I", upload, *claim))
            result = {1: "guardado", 5: "rechazado"}.get(tag, "cambió mientras se leía")
    print(" ", result, *((take(answer, "B"), take_blob(answer).decode()) if result == "rechazado" else ()))
    return tag == 1

def main(identity, address, folder, key_file=os.path.expanduser("~/.acopio-ingest-key")):
    key = pathlib.Path(key_file)
    key.touch(0o600)
    if not key.stat().st_size: key.write_bytes(secrets.token_bytes(32))
    sys.stdout.reconfigure(errors="backslashreplace", line_buffering=True)
    paths = (os.path.join(where, name) for where, _, names in os.walk(folder) for name in names)
    kinds = {p: mimetypes.guess_type(p, strict=False)[0] or "" for p in paths if os.access(p, os.R_OK)}
    media = [p for p in kinds if MEDIA.match(kinds[p]) and os.path.isfile(p)]
    print("Elementos en la lista:", len(media))
    sys.stdin.isatty() and input("Enter para enviar ")
    server = Server(address, key.read_bytes(), identity)
    stored = [collect(server, path, kinds[path].encode()) for path in media]
    server.call(CLOSE, blob(server.ticket))
    sys.exit(not all(stored))

if __name__ == "__main__":
    words = sys.argv[2:] if sys.argv[1:2] == ["--identity"] else [None] + sys.argv[1:]
    main(*words) if len(words) in (3, 4) else sys.exit(__doc__)
