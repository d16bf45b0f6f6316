package org.acopio.remote;

import java.rmi.Remote;
import java.rmi.RemoteException;

/**
 * Collects files. One collection is: {@link #open}, then for batches of files {@link #offer},
 * {@link #write} once per part and wave, {@link #finish}, and at the end {@link #close}.
 *
 * <p>Every file travels in four parts ({@link Parts}). One {@code write} carries blocks of many
 * files but never blocks of two parts of the same file. Every call answers for each item in the
 * order in which the items came, and may be repeated any number of times with the same result;
 * order does not matter. Calls for different files may run side by side on several connections;
 * calls for one file are serialised by the server.
 *
 * <p>A ticket that expired, or a server that was started anew, costs nothing: open another ticket,
 * offer the same files, and send what the answers name.
 *
 * <p>Exported in the registry under {@value #NAME}. Bytes on the wire: {@code docs/protocols.md}.
 */
public interface FileCollector extends Remote {
  /** The name in the registry. */
  String NAME = "FileCollector";

  /** The version of this contract; the two sides must agree on it. */
  int PROTOCOL = 1;

  /** What the server is. Needs no ticket. */
  ServerInfo describe() throws RemoteException;

  /**
   * Opens a collection for an agent. The client's folder is the address that the connection comes
   * from.
   *
   * @throws CollectorException {@code VERSION_MISMATCH}, {@code TOO_MANY_COLLECTIONS}, {@code
   *     AGENT_BLOCKED}, {@code NOT_ENROLLED}, {@code UNAVAILABLE}
   */
  Ticket open(Hello hello) throws RemoteException, CollectorException;

  /**
   * Says which files there are, and gets for each: {@link Verdict.Have}, {@link Verdict.Send} or
   * {@link Refused}.
   *
   * @throws CollectorException {@code TICKET_UNKNOWN}, {@code TOO_MUCH}, {@code UNAVAILABLE}
   */
  Batch<Verdict> offer(String ticket, Batch<FileOffer> files)
      throws RemoteException, CollectorException;

  /**
   * Sends blocks. An accepted block survives a crash of the server's process; repeating it is
   * harmless. A block that is corrupt, outside its part or of no upload of this agent changes
   * nothing.
   *
   * @throws CollectorException {@code TICKET_UNKNOWN}; {@code TOO_MUCH}; {@code BAD_REQUEST} when
   *     two parts of one file are in the batch
   */
  Batch<BlockReply> write(String ticket, Batch<Block> blocks)
      throws RemoteException, CollectorException;

  /**
   * Says that files are sent whole, and gets for each a {@link Receipt} or what is still to be
   * done. The answer comes when every receipt in it holds; many files in one call share their syncs
   * and their commit.
   *
   * @throws CollectorException {@code TICKET_UNKNOWN}, {@code TOO_MUCH}, {@code UNAVAILABLE}
   */
  Batch<Completion> finish(String ticket, Batch<FileDigest> files)
      throws RemoteException, CollectorException;

  /**
   * Ends a collection. Files without a receipt stay half done for the next one. A ticket that is
   * closed already is unknown.
   *
   * @throws CollectorException {@code TICKET_UNKNOWN}
   */
  CollectionSummary close(String ticket) throws RemoteException, CollectorException;

  /**
   * What the store holds from this agent, by ascending file number.
   *
   * @param after the last file number of the page before, 0 for the first page
   * @param limit how many at most, 1 to the ticket's {@code batchItems}
   * @throws CollectorException {@code TICKET_UNKNOWN}, {@code TOO_MUCH}, {@code UNAVAILABLE}
   */
  Batch<StoredFile> list(String ticket, long after, int limit)
      throws RemoteException, CollectorException;

  /**
   * Reads back bytes of a file of this agent.
   *
   * @param file its number in the catalog
   * @param offset of the first byte; at or behind the end of the file nothing is returned
   * @param length how many bytes at most, 1 to the ticket's {@code blockBytes}
   * @throws CollectorException {@code TICKET_UNKNOWN}, {@code NO_SUCH_FILE}, {@code TOO_MUCH},
   *     {@code UNAVAILABLE}
   */
  byte[] read(String ticket, long file, long offset, int length)
      throws RemoteException, CollectorException;
}
