package org.acopio.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules of {@link ModuleRules} find what they look for, and nothing beside it. */
class DeedTest {
  private static final JavaClasses HERE =
      new ClassFileImporter()
          .importClasses(Deserialises.class, WritesFiles.class, TakesTheTime.class, Innocent.class);

  @ParameterizedTest
  @EnumSource
  void everyWayIsFound(Deed deed) {
    assertEquals(
        methods(deed).getMethods().stream()
            .filter(method -> !method.getName().startsWith("lambda$"))
            .map(JavaCodeUnit::getName)
            .collect(Collectors.toSet()),
        HERE.stream()
            .flatMap(type -> type.getAccessesFromSelf().stream())
            .filter(deed::isDoneBy)
            .map(access -> access.getOrigin().getName())
            .collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @EnumSource
  void theOutermostClassIsThePlace(Deed deed) {
    assertEquals(Set.of(DeedTest.class.getName()), ModuleRules.places(HERE, deed).keySet());
  }

  private static JavaClass methods(Deed deed) {
    return HERE.get(
        switch (deed) {
          case DESERIALISES -> Deserialises.class;
          case WRITES_FILES -> WritesFiles.class;
          case TAKES_THE_TIME -> TakesTheTime.class;
        });
  }

  /** Each of these methods does it. */
  abstract static class Deserialises {
    Object stream(InputStream in) throws IOException {
      return new ObjectInputStream(in);
    }

    Object object(ObjectInputStream in) throws IOException, ClassNotFoundException {
      return in.readObject();
    }

    Object marshalled(java.rmi.MarshalledObject<?> object)
        throws IOException, ClassNotFoundException {
      return object.get();
    }
  }

  /** Each of these methods does it. */
  abstract static class WritesFiles {
    void write(Path path) throws IOException {
      Files.writeString(path, "");
    }

    void stream(Path path) throws IOException {
      Files.newOutputStream(path).close();
    }

    void copyIn(InputStream in, Path path) throws IOException {
      Files.copy(in, path);
    }

    void channel(Path path) throws IOException {
      FileChannel.open(path).close();
    }

    void folder(Path path) throws IOException {
      Files.createDirectories(path);
    }

    void old(String path) throws IOException {
      new FileOutputStream(path).close();
    }

    void random(File file) throws IOException {
      new RandomAccessFile(file, "rw").close();
    }

    Object library(Path path) {
      return path.toFile();
    }

    boolean remove(File file) {
      return file.delete();
    }
  }

  /** Each of these methods does it. */
  abstract static class TakesTheTime {
    Object instant() {
      return Instant.now();
    }

    Object zoned() {
      return ZonedDateTime.now(ZoneOffset.UTC);
    }

    Supplier<LocalDate> reference() {
      return LocalDate::now;
    }

    Object clock() {
      return Clock.systemUTC();
    }

    Object source() {
      return InstantSource.system();
    }

    Object milliseconds() {
      return System.currentTimeMillis();
    }

    @SuppressWarnings("JavaUtilDate")
    Object old() {
      return new Date();
    }
  }

  /** None of these methods does anything of the kind. */
  abstract static class Innocent {
    List<String> read(Path path) throws IOException {
      return Files.readAllLines(path);
    }

    void copyOut(Path path, OutputStream out) throws IOException {
      Files.copy(path, out);
    }

    Object given(Clock clock) {
      return List.of(
          clock.instant(), LocalDate.now(clock), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    }

    long elapsed() {
      return System.nanoTime();
    }
  }
}
