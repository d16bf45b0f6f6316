package org.acopio.web.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What META-INF/openapi.yaml says of REST is what the classes do: which operations, for whom. */
class DocumentTest {
  private static final List<Class<? extends Annotation>> METHODS =
      List.of(GET.class, POST.class, PUT.class, PATCH.class, DELETE.class);

  private static final List<String> OPEN = List.of("get /api/status", "get /api/parity/{n}");

  /**
   * The role of each operation below {@code /api}, by its method and path: 401 is among the answers
   * to what needs a login, and 403, which comes behind it, to what administrators may.
   */
  private static Map<String, String> documented() throws IOException {
    Map<String, String> roles = new TreeMap<>();
    String path = "";
    String method = "";
    for (String line : lines()) {
      if (line.matches("  /\\S+:")) {
        path = line.strip().replace(":", "");
      } else if (line.matches(" {4}(get|post|put|patch|delete):")) {
        method = line.strip().replace(":", "");
        if (path.startsWith("/api/")) {
          roles.put(method + " " + path, "nobody");
        }
      } else if (line.startsWith("        \"401\":")) {
        roles.computeIfPresent(method + " " + path, (operation, role) -> "viewer");
      } else if (line.startsWith("        \"403\":")) {
        roles.computeIfPresent(method + " " + path, (operation, role) -> "administrator");
      }
    }
    return roles;
  }

  private static List<String> lines() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            DocumentTest.class.getResourceAsStream("/META-INF/openapi.yaml"), "openapi.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static Map<String, String> implemented() {
    Map<String, String> roles = new TreeMap<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.acopio.web")) {
      if (type.isAnnotatedWith(Path.class)) {
        type.getMethods().forEach(method -> add(roles, type, method));
      }
    }
    return roles;
  }

  private static void add(Map<String, String> roles, JavaClass type, JavaMethod method) {
    for (Class<? extends Annotation> verb : METHODS) {
      if (method.isAnnotatedWith(verb)) {
        String own =
            method.isAnnotatedWith(Path.class) ? path(method.getAnnotationOfType(Path.class)) : "";
        String operation =
            verb.getSimpleName().toLowerCase(java.util.Locale.ROOT)
                + " /api"
                + path(type.getAnnotationOfType(Path.class))
                + own;
        boolean administrator =
            Stream.of(
                    type.isAnnotatedWith(AdministratorOnly.class),
                    method.isAnnotatedWith(AdministratorOnly.class))
                .anyMatch(Boolean::booleanValue);
        roles.put(
            operation,
            administrator ? "administrator" : OPEN.contains(operation) ? "nobody" : "viewer");
      }
    }
  }

  /** Without the expressions that a parameter must match. */
  private static String path(Path path) {
    return "/" + path.value().replaceAll(": *[^/]*\\}(?=/|$)", "}");
  }

  @Test
  void everyOperationIsDocumentedWithTheRoleThatItNeeds() throws IOException {
    Map<String, String> implemented = implemented();
    assertTrue(implemented.size() > 30, implemented::toString);
    assertEquals(implemented, documented());
  }

  @Test
  void onlyAdministratorsChangeThings() throws IOException {
    documented()
        .forEach(
            (operation, role) ->
                assertTrue(
                    operation.startsWith("get ") || role.equals("administrator"),
                    () -> operation + " is for " + role));
  }
}
