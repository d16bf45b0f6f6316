#!/usr/bin/env python3
"""Collects the media files of a folder through the ingest port of an Acopio server.

Use: python3 ingest_client.py [--identity DIR] HOST:PORT FOLDER [KEYFILE]. Stop it at any time and run
it again: with the same key file it goes on where it was. From another computer than the server's it
needs the identity of an enrolled PC (agent.pem, agent-tls.key, authority.pem in DIR) and that PC's
key file. The bytes are explained in docs/protocols.md, Ingest."""
import hashlib, io, mimetypes, os, secrets, socket, ssl, struct, sys

OPEN, OFFER, WRITE, FINISH, CLOSE, ERROR = 2, 3, 4, 5, 6, 255
KIND = {OFFER: 1, WRITE: 3, FINISH: 5}  # of the packed batch that a request carries
TABLE = list(range(256))
for _ in range(8): TABLE = [entry >> 1 ^ (0x82F63B78 if entry & 1 else 0) for entry in TABLE]

def crc32c(data, crc=0, table=TABLE):
    """RFC 3720 B.4; crc is that of the bytes before. 10 MB/s: Python's own zlib has another one."""
    crc ^= 0xFFFFFFFF
    for byte in data:
        crc = table[(crc ^ byte) & 255] ^ crc >> 8
    return crc ^ 0xFFFFFFFF

def blob(data): return struct.pack(">I", len(data)) + data

def take(stream, layout):
    size = struct.calcsize(">" + layout)
    try: data = stream.read(size)
    except OSError: data = b""
    if len(data) < size:
        sys.exit("the server has closed the connection: run this again, or enrol a revoked --identity anew")
    values = struct.unpack(">" + layout, data)
    return values if len(values) > 1 else values[0]

def take_blob(stream): return take(stream, f"{take(stream, 'I')}s")

def secured(plain, identity):
    """TLS 1.3 with both certificates; the server is known by its authority, not by its host name."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version, context.check_hostname = ssl.TLSVersion.TLSv1_3, False
    context.load_verify_locations(os.path.join(identity, "authority.pem"))
    context.load_cert_chain(*(os.path.join(identity, name) for name in ("agent.pem", "agent-tls.key")))
    return context.wrap_socket(plain)

class Server:
    def __init__(self, address, key, identity):
        host, port = address.rsplit(":", 1)
        self.socket = socket.create_connection((host.strip("[]"), int(port)), timeout=300)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if identity: self.socket = secured(self.socket, identity)
        self.stream, self.number = self.socket.makefile("rb"), 0
        self.socket.sendall(b"ACOPIO\x01\x01")
        if take(self.stream, "6sBBI")[:2] != (b"ACOPIO", 1):
            self.answer()
        names = blob(b"example 1") + blob(socket.gethostname().encode())
        ticket = self.call(OPEN, struct.pack(">I", 1) + key + names)
        self.ticket, self.store, self.folder = (take_blob(ticket) for _ in range(3))
        self.block_bytes = take(ticket, "I")

    def answer(self):
        length, kind, _ = take(self.stream, "IBI")
        body = io.BytesIO(take(self.stream, f"{length - 5}s"))
        if kind == ERROR:
            sys.exit("error {}: {}".format(take(body, "BB")[0], take_blob(body).decode()))
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
    """Sends what is missing of the four parts, never two in one frame; returns their checksums."""
    checksums = []
    for part in range(4):
        start, end, crc = part * size // 4, (part + 1) * size // 4, 0
        at = start
        while at < end and (data := file.read(min(end - at, server.block_bytes))):
            own = crc32c(data)
            if any(at < to and at + len(data) > begin for begin, to in missing):
                block = struct.pack(">QBQI", upload, part, at - start, own) + blob(data)
                outcome, answer = server.one(WRITE, block)
                if outcome > 1:
                    sys.exit(f"block refused ({outcome}): {take_blob(answer).decode()}; run this again")
            crc, at = own if at == start else crc32c(data, crc), at + len(data)
        checksums.append(crc)
        print(f"  parte {part + 1}: recibido")
    return checksums

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
    why = (take(answer, "B"), take_blob(answer).decode()) if result == "rechazado" else ()
    print(" ", result, *why)
    return tag == 1

def main(address, folder, key_file=os.path.expanduser("~/.acopio-ingest-key"), identity=None):
    if not os.path.exists(key_file):
        with open(os.open(key_file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
            out.write(secrets.token_bytes(32))
    sys.stdout.reconfigure(errors="backslashreplace", line_buffering=True)
    files = [os.path.join(where, name) for where, _, names in os.walk(folder) for name in names]
    kinds = {p: mimetypes.guess_type(p, strict=False)[0] or "" for p in files if os.path.isfile(p)}
    wanted = ("image/", "application/pdf", "audio/", "video/")
    media = [p for p, kind in kinds.items() if kind.startswith(wanted) and os.access(p, os.R_OK)]
    print("Elementos en la lista:", len(media))
    sys.stdin.isatty() and input("Enter para enviar ")
    with open(key_file, "rb") as file:
        server = Server(address, file.read(), identity)
    stored = [collect(server, path, kinds[path].encode()) for path in media]
    server.call(CLOSE, blob(server.ticket))
    sys.exit(not all(stored))

if __name__ == "__main__":
    words, options = sys.argv[1:], {}
    if words[:1] == ["--identity"] and words[1:]: options, words = {"identity": words[1]}, words[2:]
    main(*words, **options) if len(words) in (2, 3) else sys.exit(__doc__)
