package org.acopio.client.command;

import java.time.Duration;
import java.util.List;
import org.acopio.client.scan.MediaFile;
import org.acopio.client.send.Enrolment;
import org.acopio.client.send.Evenness;
import org.acopio.client.send.Identities;
import org.acopio.client.send.ParityRefusedException;
import org.acopio.client.send.SendException;
import org.acopio.client.send.SendListener;
import org.acopio.client.send.SendSummary;
import org.acopio.client.send.Sender;
import org.acopio.client.send.ServerAddress;
import org.acopio.client.send.ServerStatus;

/** What commands need of servers; behind it is the network. */
interface Servers {
  /**
   * One run; the connection is begun at once and not waited for.
   *
   * @throws SendException {@code REFUSED} when this PC is not enrolled there and has to be
   */
  Delivery deliver(ServerAddress server, Sender.Options options, SendListener listener)
      throws SendException;

  /** Makes this PC known to a server. */
  Enrolment.Enrolled enrol(ServerAddress server, Enrolment.Request request, SendListener listener)
      throws SendException;

  /**
   * A connection for questions.
   *
   * @param identities who this PC is for which server
   * @param patience how long a server that does not answer is waited for
   * @param listener hears of the waiting
   */
  Questions ask(
      ServerAddress server, Identities identities, Duration patience, SendListener listener)
      throws SendException;

  /** One run. */
  interface Delivery extends AutoCloseable {
    /** See {@link Sender#send}. */
    SendSummary send(List<MediaFile> files) throws SendException;

    @Override
    void close();
  }

  /** Questions to a server. */
  interface Questions extends AutoCloseable {
    ServerStatus status() throws SendException;

    /** Whether a decimal integer, of any length, is even. */
    Evenness evenness(String decimal) throws SendException, ParityRefusedException;

    @Override
    void close();
  }
}
