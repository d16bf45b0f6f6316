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
import org.acopio.client.send.ServerConnection;
import org.acopio.client.send.ServerStatus;

/** The servers of the network. */
final class RmiServers implements Servers {
  @Override
  public Delivery deliver(ServerAddress server, Sender.Options options, SendListener listener)
      throws SendException {
    Sender sender = new Sender(server, options, listener);
    try {
      sender.prepare();
    } catch (SendException e) {
      sender.close();
      throw e;
    }
    sender.warmUp();
    return new Delivery() {
      @Override
      public SendSummary send(List<MediaFile> files) throws SendException {
        return sender.send(files);
      }

      @Override
      public void close() {
        sender.close();
      }
    };
  }

  @Override
  public Enrolment.Enrolled enrol(
      ServerAddress server, Enrolment.Request request, SendListener listener) throws SendException {
    return Enrolment.at(server, request, listener);
  }

  @Override
  public Questions ask(
      ServerAddress server, Identities identities, Duration patience, SendListener listener)
      throws SendException {
    ServerConnection connection = ServerConnection.open(server, identities, patience, listener);
    return new Questions() {
      @Override
      public ServerStatus status() throws SendException {
        return connection.status();
      }

      @Override
      public Evenness evenness(String decimal) throws SendException, ParityRefusedException {
        return connection.evenness(decimal);
      }

      @Override
      public void close() {
        connection.close();
      }
    };
  }
}
