package org.acopio.catalog;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import org.acopio.remote.Receipt;
import org.acopio.remote.Sha256;
import org.acopio.remote.StoredFile;

/** One version of one file. Written once, never changed; {@link Lookups} reads it. */
@Entity
@Table(name = "file")
class FileRow {
  private static final int MAX_NAME = 255;

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "file_number")
  @SequenceGenerator(name = "file_number", sequenceName = "file_number", allocationSize = 1000)
  private long number;

  private long upload;
  private long agent;
  private long client;
  private long collection;

  @Column(name = "path_key")
  private byte[] pathKey;

  private byte[] path;
  private String name;
  private int version;
  private long size;

  @Column(name = "modified_seconds")
  private long modifiedSeconds;

  @Column(name = "modified_nanos")
  private int modifiedNanos;

  @Column(name = "media_type")
  private String mediaType;

  private byte[] digest;

  @Column(name = "stored_as")
  private String storedAs;

  @Column(name = "stored_at_seconds")
  private long storedAtSeconds;

  @Column(name = "stored_at_nanos")
  private int storedAtNanos;

  /** For JPA. */
  protected FileRow() {
    pathKey = new byte[0];
    path = pathKey;
    digest = pathKey;
    name = "";
    mediaType = "";
    storedAs = "";
  }

  FileRow(NewFile file, Sha256 pathKey, int version) {
    upload = file.upload();
    agent = file.agent();
    client = file.client();
    collection = file.collection();
    this.pathKey = pathKey.bytes();
    path = file.path().bytes();
    name = DisplayText.name(file.path(), MAX_NAME);
    this.version = version;
    size = file.size();
    modifiedSeconds = file.modified().getEpochSecond();
    modifiedNanos = file.modified().getNano();
    mediaType = file.mediaType();
    digest = file.digest().bytes();
    storedAs = file.storedAs();
    storedAtSeconds = file.storedAt().getEpochSecond();
    storedAtNanos = file.storedAt().getNano();
  }

  /** The file as a later reading returns it; {@code file} is what this row was made from. */
  StoredFile stored(NewFile file) {
    return new StoredFile(
        file.path(),
        file.modified(),
        mediaType,
        new Receipt(number, file.digest(), size, version, storedAs, file.storedAt()));
  }
}
