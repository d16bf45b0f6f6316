package org.acopio.catalog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A page of what lies directly in a folder: folders first, each kind by the bytes of its names.
 *
 * @param folders with everything below them counted
 * @param files one for each version
 * @param next where the next page begins, when there is one
 */
public record FolderPage(List<Folder> folders, List<File> files, Optional<Place> next) {
  public FolderPage {
    folders = List.copyOf(folders);
    files = List.copyOf(files);
  }

  /**
   * A folder.
   *
   * @param path bytes of its whole path
   * @param name its last part, for people
   * @param files how many are in it and below it, all versions
   * @param bytes their lengths together
   */
  public record Folder(byte[] path, String name, long files, long bytes) {
    public Folder {
      path = path.clone();
    }

    @Override
    public byte[] path() {
      return path.clone();
    }
  }

  /**
   * A file.
   *
   * @param number in the catalog
   * @param name its last part, for people
   * @param version 1 for the first content of its path
   * @param size in bytes
   * @param mediaType what the server took it for
   */
  public record File(long number, String name, int version, long size, String mediaType) {}

  /**
   * A place in the order of a page.
   *
   * @param file whether among the files, which come after the folders
   * @param name bytes of the name
   * @param number of the file, 0 for a folder
   */
  public record Place(boolean file, byte[] name, long number) implements Comparable<Place> {
    public Place {
      name = name.clone();
    }

    @Override
    public byte[] name() {
      return name.clone();
    }

    @Override
    public int compareTo(Place other) {
      if (file != other.file) {
        return file ? 1 : -1;
      }
      int order = Arrays.compareUnsigned(name, other.name);
      return order != 0 ? order : Long.compare(number, other.number);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Place that && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(name) + Long.hashCode(number);
    }

    String text() {
      return DisplayText.clean(new String(name, StandardCharsets.UTF_8), Integer.MAX_VALUE);
    }
  }
}
