package org.acopio.client.command;

import java.io.IOException;
import java.time.Duration;
import org.acopio.client.scan.MediaFile;
import org.acopio.client.scan.Notice;
import org.acopio.client.scan.ScanResult;
import org.acopio.client.send.Enrolment;
import org.acopio.client.send.FileResult;
import org.acopio.client.send.SendException;
import org.acopio.client.send.SendSummary;
import org.acopio.client.send.ServerTrouble;

/** Shows a run: to a person or to a program. Called from several threads at once. */
interface CollectView {
  /** This PC is known to the server from now on. */
  void enrolled(Enrolment.Enrolled enrolled);

  /** The scan goes on. */
  void looked(long files);

  void notice(Notice notice);

  /** The scan is over. */
  void found(ScanResult result);

  /** Shows each file that a run would send. */
  void listed(ScanResult result);

  /** Whether the person wants it sent. */
  boolean confirmed() throws IOException;

  /** The first file is about to be sent. */
  void sending(ScanResult result);

  void waiting(int attempt, Duration pause, Duration left, ServerTrouble trouble);

  void started(MediaFile file);

  void acknowledged(long bytes);

  void finished(FileResult result);

  void summary(SendSummary summary, ScanResult result, Exit exit);

  /** The run did not take place, or was ended. */
  void error(String message, Exit exit);

  /** The run could not go on without the server. */
  void failed(SendException end, Exit exit);
}
