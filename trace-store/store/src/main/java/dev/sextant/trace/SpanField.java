package dev.sextant.trace;

/**
 * Something of a span that a filter compares.
 *
 * @param name an attribute's key; for an intrinsic, its name in lower case
 */
public record SpanField(Place place, String name) {
  public static final SpanField SERVICE = new SpanField(Place.RESOURCE, "service.name");
  public static final SpanField NAME = new SpanField(Place.INTRINSIC, "name");

  /** {@code server}, {@code client}, … */
  public static final SpanField KIND = new SpanField(Place.INTRINSIC, "kind");

  /** {@code unset}, {@code ok} or {@code error}. */
  public static final SpanField STATUS = new SpanField(Place.INTRINSIC, "status");

  /** In nanoseconds. */
  public static final SpanField DURATION = new SpanField(Place.INTRINSIC, "duration");

  /** Where the field stands. */
  public enum Place {
    INTRINSIC,
    SPAN,
    RESOURCE,
    /** The span's own attribute or, where it has none of this name, the resource's. */
    ANY
  }
}
