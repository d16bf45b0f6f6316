package org.acopio.launch;

import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * What it takes to administer the server that runs on a data folder.
 *
 * @param url where it answers
 * @param token what proves the right to be obeyed
 */
record AdminAccess(URI url, String token) {

  /** Finds the running server by the files in its data folder. */
  static AdminAccess find(Path data) {
    OptionalLong process = DataFolder.holder(data);
    if (process.isEmpty() || ProcessHandle.of(process.getAsLong()).isEmpty()) {
      throw noServer(data, "");
    }
    try {
      URI url = AdminUrl.read(data);
      return new AdminAccess(url, Files.readString(data.resolve(AdminUrl.TOKEN_FILE)).strip());
    } catch (NoSuchFileException e) {
      throw noServer(
          data, " that is ready: " + e.getFile() + " is missing. One that is starting writes it");
    } catch (AccessDeniedException e) {
      throw new AdminException(
          AdminException.REFUSED,
          "This user may not read " + e.getFile() + "; run this as the user of the server.",
          e);
    } catch (IOException | IllegalArgumentException e) {
      throw new AdminException(
          AdminException.REFUSED,
          "The files of the server in " + data + " cannot be read: " + e,
          e);
    }
  }

  static AdminException noServer(Path data, String more) {
    return new AdminException(
        AdminException.NO_SERVER,
        "No Acopio server runs on " + data + more + "; name its data folder with --data DIR.");
  }

  /** Leaves the token out. */
  @Override
  public String toString() {
    return "AdminAccess[url=" + url + "]";
  }
}
