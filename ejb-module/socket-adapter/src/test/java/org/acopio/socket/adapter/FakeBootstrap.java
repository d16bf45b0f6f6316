package org.acopio.socket.adapter;

import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.XATerminator;
import jakarta.resource.spi.work.WorkContext;
import jakarta.resource.spi.work.WorkManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Timer;

/** The adapter needs nothing of its container but beans, so every request fails. */
final class FakeBootstrap implements BootstrapContext {
  @Override
  public WorkManager getWorkManager() {
    throw new AssertionError("the adapter has its own threads");
  }

  @Override
  public XATerminator getXATerminator() {
    throw new AssertionError("sockets are not transactional");
  }

  @Override
  public Timer createTimer() {
    throw new AssertionError("the adapter sweeps");
  }

  @Override
  public boolean isContextSupported(Class<? extends WorkContext> type) {
    return false;
  }

  @Override
  public TransactionSynchronizationRegistry getTransactionSynchronizationRegistry() {
    throw new AssertionError("sockets are not transactional");
  }
}
