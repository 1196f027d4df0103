package dev.sextant.server;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code ports.json} in the data directory: the ports that were chosen, for scripts. Replaced
 * atomically.
 */
final class PortsFile {
  private PortsFile() {}

  static void write(Path data, Map<String, Integer> ports) throws IOException {
    Path file = data.resolve("ports.json");
    Path next = data.resolve("ports.json.new");
    Files.write(next, JsonMapper.builder().build().writeValueAsBytes(new TreeMap<>(ports)));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  static void delete(Path data) throws IOException {
    Files.deleteIfExists(data.resolve("ports.json"));
  }
}
