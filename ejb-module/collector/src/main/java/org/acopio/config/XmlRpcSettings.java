package org.acopio.config;

/**
 * Settings of XML-RPC.
 *
 * @param maxBytes most bytes of one document, before and after decompression; {@value #LEAST_BYTES}
 *     to {@value #MOST_BYTES}
 * @param validator whether the methods of UserLand's validator are served
 */
public record XmlRpcSettings(int maxBytes, boolean validator) {
  private static final int LEAST_BYTES = 1_024;
  private static final int MOST_BYTES = 67_108_864;

  public XmlRpcSettings {
    if (maxBytes < LEAST_BYTES || maxBytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          Key.XMLRPC_MAX_BYTES.key()
              + " is "
              + maxBytes
              + "; it must be "
              + LEAST_BYTES
              + " to "
              + MOST_BYTES);
    }
  }
}
