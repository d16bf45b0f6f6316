package org.acopio.web.console.library;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import org.acopio.library.FileSearch;

/** What the page knows before its script asks for files. */
@Named
@RequestScoped
public class LibraryPage {
  /** The most characters of a search. */
  public int getMaxText() {
    return FileSearch.MAX_TEXT;
  }
}
