package org.acopio.remote;

import java.rmi.Remote;
import java.rmi.RemoteException;
import java.util.List;

/**
 * Tells even from odd. Total on integers: zero and negative numbers have a parity too. Stateless;
 * any number of threads may call.
 *
 * <p>Exported in the registry under {@value #NAME}.
 */
public interface ParityService extends Remote {
  /** The name in the registry. */
  String NAME = "ParityService";

  /** Most decimal digits of one number. */
  int MAX_DIGITS = 1_000_000;

  /** Most numbers of one batch. */
  int MAX_BATCH = 10_000;

  /** True when {@code n} is even. */
  boolean isEven(long n) throws RemoteException;

  /**
   * For each number whether it is even, in order.
   *
   * @throws ParityException {@code TOO_MANY}
   */
  boolean[] areEven(long[] numbers) throws RemoteException, ParityException;

  /**
   * The parity of a decimal integer of up to {@link #MAX_DIGITS} digits, with or without a sign.
   *
   * @throws ParityException {@code EMPTY}, {@code NOT_AN_INTEGER}, {@code TOO_LONG}
   */
  Parity parityOf(String decimal) throws RemoteException, ParityException;

  /**
   * The parity of each decimal integer, in order; the first one that is none fails the call, and
   * the message names its place.
   *
   * @throws ParityException as {@link #parityOf}, and {@code TOO_MANY}
   */
  List<Parity> paritiesOf(List<String> decimals) throws RemoteException, ParityException;
}
