package org.acopio.rules;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.File;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What only named places of a module may do, told by the calls of its classes. */
enum Deed {
  /** Makes objects of bytes by Java's own serialisation, or by that of beans. */
  DESERIALISES {
    @Override
    boolean isDoneBy(CodeUnitAccessTarget target) {
      return DESERIALISERS.stream().anyMatch(target.getOwner()::isAssignableTo)
          && !target.getName().equals("registerValidation");
    }
  },

  /**
   * Makes, changes, moves or removes files, or opens them in a way that might. A path that becomes
   * a {@link File} counts: libraries write to these.
   */
  WRITES_FILES {
    @Override
    boolean isDoneBy(CodeUnitAccessTarget target) {
      JavaClass owner = target.getOwner();
      String name = target.getName();
      List<JavaClass> parameters = target.getRawParameterTypes();
      if (owner.isEquivalentTo(Files.class)) {
        return WRITING.matcher(name).lookingAt()
            && parameters.stream().noneMatch(type -> type.isEquivalentTo(OutputStream.class));
      }
      if (owner.isAssignableTo(Path.class)) {
        return name.equals("toFile");
      }
      if (owner.isEquivalentTo(File.class)) {
        return FILE_WRITING.matcher(name).matches();
      }
      if (CHANNELS.contains(owner.getName())) {
        return name.equals("open");
      }
      return WRITERS.contains(owner.getName())
          && name.equals("<init>")
          && !parameters.isEmpty()
          && FILES.contains(parameters.get(0).getName());
    }
  },

  /** Asks the system for the time, or makes a clock that does. */
  TAKES_THE_TIME {
    @Override
    boolean isDoneBy(CodeUnitAccessTarget target) {
      JavaClass owner = target.getOwner();
      String name = target.getName();
      List<JavaClass> parameters = target.getRawParameterTypes();
      if (owner.isEquivalentTo(Clock.class)) {
        return name.startsWith("system") || name.matches("tick(Millis|Seconds|Minutes)");
      }
      if (owner.isEquivalentTo(InstantSource.class)) {
        return name.equals("system");
      }
      if (owner.getPackageName().startsWith("java.time")) {
        return name.equals("now")
            && parameters.stream().noneMatch(type -> type.isAssignableTo(Clock.class));
      }
      return owner.isEquivalentTo(System.class) && name.equals("currentTimeMillis")
          || owner.isEquivalentTo(Calendar.class) && name.equals("getInstance")
          || owner.isEquivalentTo(Date.class) && name.equals("<init>") && parameters.isEmpty();
    }
  };

  private static final List<Class<?>> DESERIALISERS =
      List.of(
          java.io.ObjectInput.class, java.beans.XMLDecoder.class, java.rmi.MarshalledObject.class);
  private static final Pattern WRITING =
      Pattern.compile("copy|create|delete|move|newBufferedWriter|newByteChannel|newOut|set|write");
  private static final Pattern FILE_WRITING =
      Pattern.compile("create\\w+|delete\\w*|mkdirs?|renameTo|set\\w+");
  private static final Set<String> CHANNELS =
      Set.of("java.nio.channels.FileChannel", "java.nio.channels.AsynchronousFileChannel");
  private static final Set<String> WRITERS =
      Set.of(
          "java.io.FileOutputStream",
          "java.io.FileWriter",
          "java.io.PrintStream",
          "java.io.PrintWriter",
          "java.io.RandomAccessFile",
          "java.util.Formatter",
          "java.util.logging.FileHandler",
          "javax.imageio.stream.FileImageOutputStream");

  private static final Set<String> FILES = Set.of("java.io.File", "java.lang.String");

  abstract boolean isDoneBy(CodeUnitAccessTarget target);

  final boolean isDoneBy(JavaAccess<?> access) {
    return access.getTarget() instanceof CodeUnitAccessTarget target && isDoneBy(target);
  }
}
