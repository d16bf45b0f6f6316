package org.acopio.web.xmlrpc;

import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.acopio.config.XmlRpcSettings;
import org.acopio.parity.ParityCalls.Transport;
import org.acopio.server.Acopio;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /} and {@code POST /RPC2}: XML-RPC. The old clients post to the root, where browsers
 * ask for the start page; so this servlet has the root, and sends who does not post to the page.
 */
@WebServlet(
    name = "xmlrpc",
    urlPatterns = {"", "/RPC2"},
    loadOnStartup = 1)
public class XmlRpcServlet extends HttpServlet {
  @Serial private static final long serialVersionUID = 1L;
  private static final String START_PAGE = "/console/overview";
  private static final String ALLOWED = "POST, OPTIONS";

  /** Below this, packing costs more than it saves: the answer is one packet anyway. */
  private static final int WORTH_PACKING = 1_400;

  private static final int PACKER_BUFFER = 4_096;

  @EJB private transient Acopio acopio;
  @Inject private transient MetricRegistry registry;
  private transient CallReader reader;
  private transient Dispatcher dispatcher;
  private transient XmlRpcMetrics metrics;
  private int maxBytes;

  @Override
  public void init() {
    XmlRpcSettings settings = acopio.xmlRpc();
    maxBytes = settings.maxBytes();
    reader = new CallReader();
    metrics = new XmlRpcMetrics(registry);
    dispatcher =
        new Dispatcher(
            acopio.parityCalls().over(Transport.XMLRPC), settings.validator(), metrics::faulted);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getServletPath().isEmpty()) {
      response.sendRedirect(request.getContextPath() + START_PAGE);
    } else {
      response.setHeader("Allow", ALLOWED);
      response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED, "XML-RPC is called with POST.");
    }
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    long begin = System.nanoTime();
    if (!Media.isXml(request.getContentType())) {
      response.setHeader("Accept", "text/xml");
      response.sendError(
          HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, "XML-RPC is sent as text/xml.");
      return;
    }
    String packed = request.getHeader("Content-Encoding");
    if (!isPlain(packed) && !isGzip(packed)) {
      response.setHeader("Accept-Encoding", "gzip");
      response.sendError(
          HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, "The only content encoding is gzip.");
      return;
    }
    if (request.getContentLengthLong() > maxBytes) {
      tooLarge(
          response,
          "the document has "
              + request.getContentLengthLong()
              + " bytes; up to "
              + maxBytes
              + " are taken (acopio.xmlrpc.max-bytes)");
    } else {
      try {
        send(request, response, answer(request, isGzip(packed)));
      } catch (Bounded.Exceeded e) {
        tooLarge(response, String.valueOf(e.getMessage()));
      }
    }
    metrics.answered(System.nanoTime() - begin);
  }

  private static boolean isPlain(@Nullable String encoding) {
    return encoding == null || encoding.isBlank() || encoding.strip().equalsIgnoreCase("identity");
  }

  private static boolean isGzip(@Nullable String encoding) {
    if (encoding == null) {
      return false;
    }
    String name = encoding.strip().toLowerCase(Locale.ROOT);
    return name.equals("gzip") || name.equals("x-gzip");
  }

  /** The document to send back, whatever was asked. */
  private byte[] answer(HttpServletRequest request, boolean packed) throws IOException {
    try {
      Call call = read(request, packed);
      return ResponseWriter.returned(dispatcher.call(call), call.extended());
    } catch (Fault e) {
      metrics.faulted(e);
      return ResponseWriter.failed(e);
    }
  }

  private Call read(HttpServletRequest request, boolean packed) throws Fault, IOException {
    Optional<Charset> charset = Media.charset(request.getContentType());
    InputStream in = new Bounded(request.getInputStream(), "the document", maxBytes);
    return packed ? unpacked(in, charset) : reader.read(in, charset);
  }

  private Call unpacked(InputStream in, Optional<Charset> charset) throws Fault, IOException {
    try (InputStream all = new GZIPInputStream(in, PACKER_BUFFER);
        InputStream bounded = new Bounded(all, "the unpacked document", maxBytes)) {
      return reader.read(bounded, charset);
    } catch (Bounded.Exceeded e) {
      throw new Fault(FaultCode.NOT_A_CALL, String.valueOf(e.getMessage()));
    } catch (ZipException | EOFException e) {
      throw new Fault(
          FaultCode.NOT_WELL_FORMED, "the document is not what gzip packs: " + e.getMessage());
    }
  }

  private void tooLarge(HttpServletResponse response, String message) throws IOException {
    Fault fault = new Fault(FaultCode.NOT_A_CALL, message);
    metrics.faulted(fault);
    response.setStatus(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
    // What is still to come is not read, so the connection cannot be used again.
    response.setHeader("Connection", "close");
    write(response, ResponseWriter.failed(fault));
  }

  private static void send(
      HttpServletRequest request, HttpServletResponse response, byte[] document)
      throws IOException {
    if (document.length < WORTH_PACKING) {
      write(response, document);
      return;
    }
    response.setHeader("Vary", "Accept-Encoding");
    if (Media.takesGzip(request.getHeader("Accept-Encoding"))) {
      response.setHeader("Content-Encoding", "gzip");
      write(response, packed(document));
    } else {
      write(response, document);
    }
  }

  private static byte[] packed(byte[] document) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(PACKER_BUFFER);
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(document);
    }
    return bytes.toByteArray();
  }

  private static void write(HttpServletResponse response, byte[] document) throws IOException {
    response.setContentType("text/xml");
    response.setContentLength(document.length);
    response.getOutputStream().write(document);
  }
}
