package dev.sextant.api.service;

/**
 * One running copy of a service.
 *
 * @param namespace {@code service.namespace}; empty where unknown
 * @param id {@code service.instance.id} or a scraped target's address
 * @param lastSeenMillis since the epoch
 */
public record Instance(
    String namespace, String id, State state, long lastSeenMillis, String version) {
  public enum State {
    /** Heard of lately. */
    UP,
    /** A scrape of it fails. */
    DOWN,
    /** Heard of in the range, but not lately. */
    VANISHED
  }
}
