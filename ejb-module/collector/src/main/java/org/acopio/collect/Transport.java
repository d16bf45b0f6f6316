package org.acopio.collect;

/** The ways by which a collection can come. */
public enum Transport {
  RMI,
  INGEST
}
