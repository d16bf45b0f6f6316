package org.acopio.account;

import java.util.Optional;
import java.util.Set;

/** What a person may do. */
public enum Role {
  /** Sees everything, changes nothing. */
  VIEWER("viewer"),
  /** Does everything; a viewer too. */
  ADMINISTRATOR("administrator");

  private final String word;

  Role(String word) {
    this.word = word;
  }

  /** The name of the role in the catalog, in REST and in the container. */
  public String word() {
    return word;
  }

  /** The words of this role and of those that it includes. */
  public Set<String> words() {
    return this == ADMINISTRATOR ? Set.of(word, VIEWER.word) : Set.of(word);
  }

  public static Optional<Role> of(String word) {
    for (Role role : values()) {
      if (role.word.equals(word)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }
}
