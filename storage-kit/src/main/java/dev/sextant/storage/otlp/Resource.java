package dev.sextant.storage.otlp;

/**
 * OTLP's resource: what sent the telemetry.
 *
 * @param droppedAttributes how many attributes the sender dropped
 * @param schemaUrl of the resource, empty where none was sent
 */
public record Resource(Attributes attributes, int droppedAttributes, String schemaUrl) {
  public static final Resource EMPTY = new Resource(Attributes.EMPTY, 0, "");

  /** {@code service.name}, or {@code unknown_service} where the sender gave none. */
  public String service() {
    String name = attributes.text("service.name");
    return name.isEmpty() ? "unknown_service" : name;
  }
}
