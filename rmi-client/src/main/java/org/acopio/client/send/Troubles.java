package org.acopio.client.send;

import java.io.EOFException;
import java.io.InvalidClassException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.rmi.NoSuchObjectException;
import java.rmi.NotBoundException;
import org.acopio.client.scan.NotRegularFileException;
import org.acopio.remote.CollectorException;
import org.acopio.remote.FileCollector;
import org.jspecify.annotations.Nullable;

/** Tells from a failure what is wrong. */
final class Troubles {
  private Troubles() {}

  /** Why a server could not be talked to, or did not do what it was asked for. */
  static ServerTrouble ofServer(ServerAddress server, Throwable failure) {
    return new ServerTrouble(code(failure), server, FileCollector.PROTOCOL, 0, text(failure));
  }

  /** A server that speaks {@code serverProtocol}, which this agent does not; 0 when unknown. */
  static ServerTrouble otherVersion(
      ServerAddress server, int serverProtocol, CollectorException e) {
    return new ServerTrouble(
        ServerTrouble.Code.of(e.code()), server, FileCollector.PROTOCOL, serverProtocol, text(e));
  }

  static ServerTrouble interrupted(ServerAddress server) {
    return new ServerTrouble(ServerTrouble.Code.INTERRUPTED, server, FileCollector.PROTOCOL, 0, "");
  }

  /** How a call ends when trying again is of no use. */
  static SendException end(ServerAddress server, Throwable failure) {
    return new SendException(SendException.Kind.REFUSED, ofServer(server, failure), failure);
  }

  /** True when trying again is of no use. */
  static boolean last(Throwable failure) {
    AccessException access = access(failure);
    return access != null && !access.again();
  }

  private static @Nullable AccessException access(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof AccessException access) {
        return access;
      }
    }
    return null;
  }

  private static ServerTrouble.Code code(Throwable failure) {
    AccessException access = access(failure);
    if (access != null) {
      return access.code();
    }
    if (failure instanceof CollectorException refusal) {
      return ServerTrouble.Code.of(refusal.code());
    }
    // RMI has exceptions of the same names around those of the network.
    if (has(failure, UnknownHostException.class)
        || has(failure, java.rmi.UnknownHostException.class)) {
      return ServerTrouble.Code.UNKNOWN_HOST;
    }
    // A connect that times out is an answer that never came, not a port without a listener.
    if (has(failure, SocketTimeoutException.class)) {
      return ServerTrouble.Code.TIMEOUT;
    }
    if (has(failure, ConnectException.class)
        || has(failure, NoRouteToHostException.class)
        || has(failure, java.rmi.ConnectException.class)) {
      return ServerTrouble.Code.NO_ANSWER;
    }
    if (failure instanceof NotBoundException) {
      return ServerTrouble.Code.NOT_ACOPIO;
    }
    if (failure instanceof NoSuchObjectException) {
      return ServerTrouble.Code.RESTARTED;
    }
    if (has(failure, InvalidClassException.class)) {
      return ServerTrouble.Code.UNEXPECTED_CLASS;
    }
    return has(failure, EOFException.class) || has(failure, SocketException.class)
        ? ServerTrouble.Code.CONNECTION_CUT
        : ServerTrouble.Code.CONNECTION_FAILED;
  }

  /** Why a file could not be read. */
  static FileTrouble.Code ofFile(Throwable failure) {
    if (failure instanceof NoSuchFileException) {
      return FileTrouble.Code.GONE;
    }
    if (failure instanceof AccessDeniedException) {
      return FileTrouble.Code.DENIED;
    }
    return failure instanceof NotRegularFileException
        ? FileTrouble.Code.NOT_REGULAR
        : FileTrouble.Code.UNREADABLE;
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  /** The words of whoever failed. */
  static String text(Throwable failure) {
    AccessException access = access(failure);
    if (access != null) {
      return access.detail();
    }
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    if (deepest instanceof FileSystemException e && e.getReason() != null) {
      return e.getReason();
    }
    String message = deepest.getMessage();
    return message == null || message.isBlank() ? deepest.getClass().getSimpleName() : message;
  }
}
