package dev.sextant.collector.skywalking;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a span's component id means.
 *
 * @param name as SkyWalking calls the library; the number where it is not known
 * @param system what the library speaks to, as OpenTelemetry names it: a database, a broker or a
 *     kind of remote procedure call, by the span's layer; empty where it is none of them
 */
record Component(String name, String system) {
  private static final Map<Integer, Component> KNOWN = read();

  static Component of(int id) {
    Component known = KNOWN.get(id);
    return known == null ? new Component(Integer.toString(id), "") : known;
  }

  private static Map<Integer, Component> read() {
    try (InputStream in =
            Objects.requireNonNull(Component.class.getResourceAsStream("components.txt"));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      Map<Integer, Component> known = new HashMap<>();
      lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" "))
          .forEach(
              words ->
                  known.put(
                      Integer.valueOf(words[0]),
                      new Component(words[1], words.length > 2 ? words[2] : "")));
      return Map.copyOf(known);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
