package org.acopio.catalog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBase;

/** A file of H2's that is another one, but for what is done otherwise with it. */
abstract class OtherFile extends FileBase {
  final FileChannel file;

  OtherFile(FileChannel file) {
    this.file = file;
  }

  @Override
  public int write(ByteBuffer bytes, long position) throws IOException {
    return file.write(bytes, position);
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    return file.write(bytes);
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    file.truncate(size);
    return this;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    file.force(metaData);
  }

  @Override
  public int read(ByteBuffer bytes, long position) throws IOException {
    return file.read(bytes, position);
  }

  @Override
  public int read(ByteBuffer bytes) throws IOException {
    return file.read(bytes);
  }

  @Override
  public long position() throws IOException {
    return file.position();
  }

  @Override
  public FileChannel position(long position) throws IOException {
    file.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return file.tryLock(position, size, shared);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    file.close();
  }
}
