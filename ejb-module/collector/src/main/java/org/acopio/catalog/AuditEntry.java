package org.acopio.catalog;

import java.time.Instant;
import java.util.Objects;

/**
 * One line of the audit log. Its texts are for people: control characters are replaced and the rest
 * is cut when they are written.
 *
 * @param number ascends in the order of writing; 0 while it is not in the catalog
 * @param at when it was done
 * @param who the account, at most {@value AccountEntry#MOST_OF_NAME} characters
 * @param address from where, at most {@value ClientRow#MAX_ADDRESS} characters; empty when unknown
 * @param code what was done, at most {@value #MAX_WORD} characters
 * @param target to what, at most {@value #MAX_TARGET} characters, or empty
 * @param result how it ended, at most {@value #MAX_WORD} characters
 */
public record AuditEntry(
    long number,
    Instant at,
    String who,
    String address,
    String code,
    String target,
    String result) {
  static final int MAX_WORD = 64;
  static final int MAX_TARGET = 255;

  public AuditEntry {
    Objects.requireNonNull(at, "at");
    who = DisplayText.clean(who, AccountEntry.MOST_OF_NAME);
    address = DisplayText.clean(address, ClientRow.MAX_ADDRESS);
    code = DisplayText.clean(code, MAX_WORD);
    target = DisplayText.clean(target, MAX_TARGET);
    result = DisplayText.clean(result, MAX_WORD);
  }
}
