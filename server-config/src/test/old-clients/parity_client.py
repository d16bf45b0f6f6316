"""The client of the old parity server, as people still have it. Asks until a negative number comes."""
import sys
import xmlrpc.client

url = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000/"
with xmlrpc.client.ServerProxy(url) as proxy:
    while True:
        n = int(input("Ingresa un Número positivo:"))
        if n < 0:
            break
        if n == 0:
            continue
        print("%d es %s" % (n, proxy.is_even(n)))
print("Fin !!")
