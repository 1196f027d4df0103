package dev.sextant.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives each service one of 16 colour slots, the lowest free one, and keeps it over restarts. Past
 * 16 services slots repeat. The file holds one service a line, in the order of their first
 * appearance; losing it only changes colours, so it is replaced atomically but not fsynced.
 * Thread-safe.
 */
public final class Hues {
  private static final int SLOTS = 16;
  private static final int MAX_SERVICES = 10_000;

  private final Path file;
  private final Map<String, Integer> slots = new HashMap<>();

  /** Reads the file where it exists. */
  public Hues(Path file) {
    this.file = file;
    if (Files.exists(file)) {
      try {
        List<String> services = Files.readAllLines(file);
        services.forEach(service -> slots.put(service, slots.size()));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + file, e);
      }
    }
  }

  /** The service's slot, 1 to 16. */
  public synchronized int of(String service) {
    Integer known = slots.get(service);
    if (known == null) {
      known = slots.size();
      if (slots.size() < MAX_SERVICES) {
        slots.put(service, known);
        save();
      }
    }
    return known % SLOTS + 1;
  }

  private void save() {
    List<String> ordered =
        slots.entrySet().stream()
            .sorted(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .toList();
    try {
      Path next = file.resolveSibling(file.getFileName() + ".new");
      String text =
          String.join("\n", ordered.stream().map(name -> name.replace('\n', ' ')).toList()) + "\n";
      Files.writeString(next, text, StandardCharsets.UTF_8);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
