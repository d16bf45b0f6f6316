package org.acopio.client.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import org.acopio.client.scan.Notice;
import org.acopio.client.scan.ScanResult;
import org.acopio.client.send.SendSummary;
import org.acopio.client.send.ServerAddress;
import org.acopio.media.MediaKind;
import org.junit.jupiter.api.Test;

/** What a person reads at the end of a run that could not look everywhere. */
class TextViewTest {
  private final Cli cli = new Cli().spanish();

  @Test
  void summaryNamesFilesAndPlacesThatCouldNotBeRead() {
    List<Notice> problems =
        List.of(
            new Notice(Notice.Kind.DENIED_DIRECTORY, Path.of("closed"), "Permission denied"),
            new Notice(Notice.Kind.DENIED_FILE, Path.of("mine.jpg"), "Permission denied"),
            new Notice(Notice.Kind.UNREADABLE_FILE, Path.of("a\nb.jpg"), "Input/output error"),
            new Notice(Notice.Kind.LOOP, Path.of("loop"), ""));
    ScanResult result =
        new ScanResult(List.of(), List.of(), new EnumMap<>(MediaKind.class), problems);
    SendSummary nothing = new SendSummary(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO);
    new TextView(cli.terminal(), new ServerAddress("store", 77), false)
        .summary(nothing, result, Exit.PARTIAL);
    assertEquals(
        """
        No llegaron: 2
        Enviado: 0 B en 0,000 s
        Estos archivos no llegaron:
          mine.jpg: no se puede leer: permiso denegado; deje que este usuario lo lea, o déjelo fuera
          a\\nb.jpg: no se puede leer: el sistema dice: Input/output error
        Lugares que no se pudieron mirar: 2
          no se puede mirar en la carpeta closed: permiso denegado; deje que este usuario la lea, o déjela fuera
          la carpeta loop está dentro de sí misma y no se entró otra vez
        No todo está en el servidor. Repita la misma orden para intentar el resto.
        """,
        cli.out().substring(cli.out().indexOf("No llegaron")));
  }
}
