package org.acopio.web.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.acopio.proof.Certificates;
import org.acopio.proof.Subject;
import org.acopio.proof.Sums;
import org.acopio.server.Acopio;
import org.acopio.web.problem.ProblemException;
import org.acopio.web.problem.Trouble;

/**
 * Certificates and checksums as downloads. They are written while they are sent; when the catalog
 * goes away meanwhile the connection breaks, so that no half document looks whole.
 */
@ApplicationScoped
public class Downloads {
  /** One certificate at a time reads the store, which would otherwise serve nobody else. */
  private final Semaphore reading = new Semaphore(1);

  private static final int BUFFER = 1 << 16;

  /** Writes to a stream, and fails as streams do. */
  private interface Content {
    void write(OutputStream out) throws IOException;
  }

  Response certificate(Acopio acopio, Subject subject, boolean verify) {
    if (verify && !reading.tryAcquire()) {
      throw new ProblemException(Trouble.STORE_IS_READ);
    }
    Certificates certificates =
        new Certificates(acopio.catalog(), acopio.storage(), acopio.clock());
    String name =
        "acopio-certificate-"
            + subject.agent().shortId()
            + subject.collection().map(one -> "-" + one.number()).orElse("")
            + ".json";
    return attachment(
        name,
        MediaType.APPLICATION_JSON,
        out -> {
          try {
            certificates.write(subject, acopio.describe(), verify, out);
          } finally {
            if (verify) {
              reading.release();
            }
          }
        });
  }

  Response sumsOfAgent(Acopio acopio, long agent) {
    Sums sums = new Sums(acopio.catalog());
    return attachment(
        "SHA256SUMS", MediaType.TEXT_PLAIN + ";charset=UTF-8", out -> sums.ofAgent(agent, out));
  }

  Response sumsOfClient(Acopio acopio, long client, List<Long> agents) {
    Sums sums = new Sums(acopio.catalog());
    return attachment(
        "SHA256SUMS",
        MediaType.TEXT_PLAIN + ";charset=UTF-8",
        out -> sums.ofClient(client, agents, out));
  }

  private static Response attachment(String name, String type, Content content) {
    StreamingOutput stream =
        out -> {
          BufferedOutputStream buffered = new BufferedOutputStream(out, BUFFER);
          content.write(buffered);
          buffered.flush();
        };
    return Response.ok(stream, type)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
        .header("X-Content-Type-Options", "nosniff")
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }
}
