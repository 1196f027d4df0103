package dev.sextant.collector.http;

/** Leases for tests of what runs behind a bounded body. */
public final class JsonMemory {
  private JsonMemory() {}

  public static BodyMemory.Lease lease() {
    return new BodyMemory(64 << 20).lease();
  }
}
