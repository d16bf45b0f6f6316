package org.acopio.socket.settings;

/** A property cannot be used as it is; the message has its name, its value and what is allowed. */
public final class InvalidSettingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Property property;

  public InvalidSettingException(Property property, String message, Throwable cause) {
    super(message, cause);
    this.property = property;
  }

  public InvalidSettingException(Property property, String message) {
    super(message);
    this.property = property;
  }

  static InvalidSettingException bad(Property property, String value, String allowed) {
    String shown = property == Property.TLS_KEY_STORE_PASSWORD ? "(hidden)" : value;
    return new InvalidSettingException(
        property, Failure.BAD_PROPERTY.text(property.key(), shown, allowed));
  }

  /** Which property it is. */
  public Property property() {
    return property;
  }
}
