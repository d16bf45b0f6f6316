package org.acopio.launch;

/** What {@code acopio-server --help} prints. */
final class Help {
  static final String TEXT =
      """
      Usage: acopio-server [--data DIR] [--bind ADDRESS] [-DKEY=VALUE]...
             acopio-server admin sessions [--data DIR]
             acopio-server admin close NUMBER|KIND|all [--data DIR] [--yes]
             acopio-server admin login | password [USER] | user list|add|remove [--data DIR]
             acopio-server admin certificate AGENT|ADDRESS [--verify] [--out FILE] [--data DIR]
             acopio-server admin enrol-code | codes | code-remove N [--data DIR]
             acopio-server admin identities | revoke N | rekey N [--data DIR]
             acopio-server check [--data DIR] [--read-data] [--repair] [--json]

      Starts the Acopio server in the foreground. It is ready when it prints "Acopio ready"
      and its addresses; Ctrl-C or SIGTERM stops it. 'acopio-server admin --help' tells how to
      see and close the connections of a running server, and how to get into its console;
      'acopio-server check --help', how to see that what was stored is still there.

        --data DIR       folder for everything the server keeps; made when missing
                         (default ./acopio-data)
        --bind ADDRESS   address to listen on, for HTTP and for agents (default 127.0.0.1:
                         only this computer; 0.0.0.0: every address of this computer).
                         Agents on other computers need an enrolment code and talk TLS; the
                         console is there with https, on the port acopio.https.port (8443).
                         Echo, sessions and XML-RPC are plain, for everyone who reaches it.
        -DKEY=VALUE      a setting, for example
                           -Dacopio.http.port=8000   console and XML-RPC; 0 takes a free port
                           -Dacopio.rmi.port=1099    agents; 0 takes a free port
                         Every key is in docs/operations.md. The environment works too:
                         ACOPIO_HTTP_PORT=8080.
        --prepare        makes the archives that let server and agent start faster with the
                         Java at hand; worth it once, after unpacking
        --version        prints the version
        --help           prints this

      Environment: JAVA_HOME chooses the Java (17 or newer); ACOPIO_JAVA_OPTS adds options for
      the JVM, for example -Xmx512m.
      Exit codes: 0 done, 1 could not start, 2 wrong usage; stopped by Ctrl-C 130, by SIGTERM 143.
      Log: DIR/log/server.log.
      """;

  /** What {@code acopio-server admin --help} prints. */
  static final String ADMIN =
      """
      Usage: acopio-server admin sessions [--data DIR]
             acopio-server admin close NUMBER|KIND|all [--data DIR] [--yes]
             acopio-server admin login [--data DIR]
             acopio-server admin password [USER] [--data DIR]
             acopio-server admin user list | add NAME [--administrator] | remove NAME
             acopio-server admin certificate AGENT [--verify] [--out FILE] [--force]
             acopio-server admin certificate ADDRESS [--out FILE] [--force]
             acopio-server admin enrol-code [--days N] [--uses N] | codes | code-remove N
             acopio-server admin identities | revoke N | rekey N

      Shows who is connected to the Acopio server that runs on the data folder of this machine,
      closes connections, lets people into the console, and writes down what the store proves.
      Must be run by the user of the server.

        sessions         prints every live session: number, kind, client, since when and for
                         how long, messages and bytes
        close NUMBER     closes one session
        close KIND       closes every session of a kind: echo, echo-queue, session-thread,
                         session-selector, ingest, rmi
        close all        closes every session
        login            prints a link that lets an administrator into the console with one
                         click: once, within ten minutes, on this machine
        password [USER]  makes a new password, of admin or of USER, and prints it once
        user list        prints who may use the console
        user add NAME    adds a viewer, or with --administrator an administrator, and prints
                         the password once
        user remove NAME removes a user
        certificate AGENT    writes what the agent said it has against what the store proves;
                         AGENT is 8 or more of the first digits of its id. --verify reads the
                         stored bytes again and may take long
        certificate ADDRESS  writes the checksums of an address, for 'sha256sum -c'
        enrol-code       makes a code that invites PCs, and prints it once with the command for
                         the PC; --days 30, --uses without a limit
        codes            prints the codes: number, whether they invite, until when, uses
        code-remove N    takes a code back; PCs that came with it stay
        identities       prints the certified keys of PCs, newest first
        revoke N         makes a key worthless, at once: its connections and collections end
        rekey N          lets the PC make a new key at its next run
        --out FILE       where to (default acopio-certificate-AGENT.json, SHA256SUMS-ADDRESS)
        --force          overwrites the file
        --data DIR       the data folder of the server (default ./acopio-data, or ACOPIO_DATA)
        --yes            closes without asking; without a terminal nothing is asked either
        --help           prints this

      Exit codes: 0 done, 1 the server does not obey, 2 wrong usage, 3 no server runs there.
      """;

  /** What {@code acopio-server check --help} prints. */
  static final String CHECK =
      """
      Usage: acopio-server check [--data DIR] [--read-data] [--repair] [--json] [-DKEY=VALUE]...

      Compares the catalog with the store: every file of the catalog is there with its size and
      time, and nothing else is. Asks the server that runs on the data folder; where none runs, it
      opens catalog and store itself, and no server can start meanwhile. Changes nothing but with
      --repair. Must be run by the user of the server.

        --read-data      reads every stored byte again and compares it with its SHA-256
        --repair         mends what can be mended, and never deletes a byte: what is wrong is
                         moved to .quarantine in the store; what is lost is restored from an
                         intact copy in the store, or else marked, so that its PC sends it again
        --json           prints the findings for programs
        --data DIR       the data folder of the server (default ./acopio-data, or ACOPIO_DATA)
        -DKEY=VALUE      a setting that the server gets too, such as acopio.catalog.url
        --help           prints this

      Exit codes: 0 clean, or all is mended; 1 findings are left; 2 wrong usage; 3 it cannot run.
      """;

  private Help() {}
}
