package dev.sextant.server.config;

import com.fasterxml.jackson.core.JsonProcessingException;

/** A configuration record with nothing set, so that its constructor fills in every default. */
final class Defaults {
  private Defaults() {}

  static <T> T of(Class<T> section) {
    try {
      return ConfigReader.MAPPER.readValue("{}", section);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(section + " has no defaults", e);
    }
  }
}
