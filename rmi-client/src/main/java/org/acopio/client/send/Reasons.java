package org.acopio.client.send;

import java.io.InvalidClassException;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.rmi.ConnectException;
import java.rmi.NoSuchObjectException;
import java.rmi.NotBoundException;
import java.rmi.UnknownHostException;

/** Failures in words for people. */
final class Reasons {
  private Reasons() {}

  /** Why a server could not be talked to. */
  static String ofServer(ServerAddress server, Throwable failure) {
    if (failure instanceof UnknownHostException
        || has(failure, java.net.UnknownHostException.class)) {
      return "the name " + server.host() + " is not known; check it and the network";
    }
    if (failure instanceof ConnectException || has(failure, java.net.ConnectException.class)) {
      return "no server answers at " + server + "; check the address and that it runs";
    }
    if (has(failure, SocketTimeoutException.class)) {
      return "the server at " + server + " did not answer in time";
    }
    if (failure instanceof NotBoundException) {
      return "what answers at " + server + " is no Acopio server, or one that is still starting";
    }
    if (failure instanceof NoSuchObjectException) {
      return "the server at " + server + " was started anew";
    }
    if (has(failure, InvalidClassException.class)) {
      return "the server at " + server + " sent what this agent does not take: " + text(failure);
    }
    return "the connection to " + server + " failed: " + text(failure);
  }

  /** Why a file could not be read. */
  static String ofFile(Throwable failure) {
    if (failure instanceof NoSuchFileException) {
      return "it is gone";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof FileSystemException e && e.getReason() != null) {
      return e.getReason();
    }
    return text(failure);
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  private static String text(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String message = deepest.getMessage();
    return message == null || message.isBlank() ? deepest.getClass().getSimpleName() : message;
  }
}
