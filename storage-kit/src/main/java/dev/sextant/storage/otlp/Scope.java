package dev.sextant.storage.otlp;

/** OTLP's instrumentation scope; every text may be empty. */
public record Scope(
    String name, String version, Attributes attributes, int droppedAttributes, String schemaUrl) {
  public static final Scope EMPTY = new Scope("", "", Attributes.EMPTY, 0, "");
}
