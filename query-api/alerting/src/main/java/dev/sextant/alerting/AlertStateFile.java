package dev.sextant.alerting;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sextant.metrics.model.Labels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Active alerts on disk, as JSON, so that a restart neither forgets how long one has been pending
 * nor fires it anew. Replaced as a whole: written beside, fsynced, renamed. A file that cannot be
 * read is put aside and alerts begin anew.
 */
final class AlertStateFile {
  private static final Logger LOG = LoggerFactory.getLogger(AlertStateFile.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path file;

  AlertStateFile(Path file) {
    this.file = file;
  }

  /**
   * An alert and where it belongs.
   *
   * @param told whether every receiver has taken its present state
   */
  record Saved(String group, String rule, Alert alert, boolean told) {}

  private record Line(
      String group,
      String rule,
      Alert.State state,
      Map<String, String> labels,
      Map<String, String> annotations,
      double value,
      long activeAt,
      long firedAt,
      long resolvedAt,
      long lastSeen,
      boolean told) {}

  List<Saved> read() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      List<Saved> saved = new ArrayList<>();
      for (Line line : JSON.readValue(file.toFile(), Line[].class)) {
        Alert alert =
            new Alert(
                line.state,
                Labels.of(line.labels),
                line.annotations,
                line.value,
                line.activeAt,
                line.firedAt,
                line.resolvedAt,
                line.lastSeen);
        saved.add(new Saved(line.group, line.rule, alert, line.told));
      }
      return saved;
    } catch (IOException e) {
      putAside(e);
      return List.of();
    }
  }

  private void putAside(IOException reason) {
    Path aside = file.resolveSibling(file.getFileName() + ".damaged");
    LOG.error(
        "cannot read the alerts' state in {} ({}); it is kept as {} and alerts begin anew",
        file,
        reason.getMessage(),
        aside);
    try {
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot move " + file, e);
    }
  }

  void write(List<Saved> alerts) {
    List<Line> lines = new ArrayList<>();
    for (Saved saved : alerts) {
      Alert alert = saved.alert();
      lines.add(
          new Line(
              saved.group(),
              saved.rule(),
              alert.state(),
              alert.labels().toMap(),
              alert.annotations(),
              alert.value(),
              alert.activeAtMillis(),
              alert.firedAtMillis(),
              alert.resolvedAtMillis(),
              alert.lastSeenMillis(),
              saved.told()));
    }
    Path next = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.write(next, JSON.writeValueAsBytes(lines));
      try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("alerts cannot be written as JSON", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the alerts' state to " + file, e);
    }
  }
}
