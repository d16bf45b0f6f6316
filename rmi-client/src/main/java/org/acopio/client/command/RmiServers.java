package org.acopio.client.command;

import java.time.Duration;
import java.util.List;
import org.acopio.client.scan.MediaFile;
import org.acopio.client.send.Evenness;
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
  public Delivery deliver(ServerAddress server, Sender.Options options, SendListener listener) {
    Sender sender = new Sender(server, options, listener);
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
  public Questions ask(ServerAddress server, Duration patience, SendListener listener)
      throws SendException {
    ServerConnection connection = ServerConnection.open(server, patience, listener);
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
