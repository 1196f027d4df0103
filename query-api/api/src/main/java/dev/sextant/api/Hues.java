package dev.sextant.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each service one of 16 colour slots, in turn as services appear, and keeps it over
 * restarts. The file holds one service a line, in the order of their first appearance. Losing it
 * only changes colours, so it is replaced atomically but not fsynced, and one that cannot be read
 * or written is told of and done without. Thread-safe.
 */
public final class Hues {
  private static final Logger LOG = LoggerFactory.getLogger(Hues.class);
  private static final Pattern LINE_BREAK = Pattern.compile("\\R");
  private static final int SLOTS = 16;
  private static final int MAX_SERVICES = 10_000;

  private final Path file;
  private final Map<String, Integer> slots = new LinkedHashMap<>();

  /** Reads the file where it exists. */
  public Hues(Path file) {
    this.file = file;
    if (Files.exists(file)) {
      try {
        Files.readAllLines(file).forEach(service -> slots.putIfAbsent(service, slots.size()));
      } catch (IOException e) {
        LOG.warn("cannot read {}, so services get new colours: {}", file, e.toString());
      }
    }
  }

  /** The service's slot, 1 to 16. */
  public synchronized int of(String service) {
    String line = LINE_BREAK.matcher(service).replaceAll(" ");
    Integer known = slots.get(line);
    if (known == null) {
      known = slots.size();
      if (slots.size() < MAX_SERVICES) {
        slots.put(line, known);
        save();
      }
    }
    return known % SLOTS + 1;
  }

  private void save() {
    try {
      Path next = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(next, String.join("\n", slots.keySet()) + "\n", StandardCharsets.UTF_8);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warn("cannot write {}, so a restart changes services' colours: {}", file, e.toString());
    }
  }
}
