package dev.sextant.collector.derive;

/**
 * Remembers which spans arrived lately, so that one that is sent twice counts once, and whose they
 * were. A span is known by 64 bits that its tenant, ids and kind are mixed into; among ten million
 * remembered spans a new one is mistaken for a repeat once in 10^12.
 *
 * <p>An open-addressing table with linear probing, 16 bytes a slot. A span that arrives again is
 * remembered from its last arrival: thus the state depends on the window before now alone, and
 * replaying that window rebuilds it exactly. What fell out of the window is dropped as the table
 * fills. For one thread.
 */
final class RepeatWindow {
  private static final double FILL = 0.6;

  private final long windowSeconds;
  private final int maxEntries;
  private long[] keys = new long[1024];
  private int[] seconds = new int[1024];
  private int[] services = new int[1024];
  private int size;
  private long forgottenEarly;

  RepeatWindow(long windowSeconds, int maxEntries) {
    this.windowSeconds = windowSeconds;
    this.maxEntries = maxEntries;
  }

  /**
   * Remembers a span; true where it arrived before within the window.
   *
   * @param service its number
   */
  boolean repeats(long key, long stampMillis, int service) {
    long nonZero = key == 0 ? 1 : key;
    int now = (int) (stampMillis / 1000);
    int slot = slot(keys, nonZero);
    if (keys[slot] == nonZero) {
      boolean repeat = now - seconds[slot] <= windowSeconds;
      seconds[slot] = now;
      services[slot] = service;
      return repeat;
    }
    if (size >= keys.length * FILL) {
      makeRoom(now);
      slot = slot(keys, nonZero);
    }
    keys[slot] = nonZero;
    seconds[slot] = now;
    services[slot] = service;
    size++;
    return false;
  }

  /**
   * The number of the service of a span that arrived within the window before a time; {@link
   * ServiceNumbers#UNKNOWN} where none did.
   */
  int service(long key, long stampMillis) {
    long nonZero = key == 0 ? 1 : key;
    int slot = slot(keys, nonZero);
    boolean known = keys[slot] == nonZero && stampMillis / 1000 - seconds[slot] <= windowSeconds;
    return known ? services[slot] : ServiceNumbers.UNKNOWN;
  }

  /** Spans that were forgotten before their window ended, for want of room. */
  long forgottenEarly() {
    return forgottenEarly;
  }

  static long key(String tenant, long traceHigh, long traceLow, long spanId, int kind) {
    long h = tenant.hashCode() * 31L + kind;
    h = mix(h ^ traceHigh);
    h = mix(h ^ traceLow);
    return mix(h ^ spanId);
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood, 2014). */
  static long mix(long z) {
    z = (z + 0x9e3779b97f4a7c15L);
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  private static int slot(long[] table, long key) {
    int mask = table.length - 1;
    int slot = (int) (key >>> 17) & mask;
    while (table[slot] != 0 && table[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void makeRoom(int now) {
    int oldest = now - (int) windowSeconds;
    int live = countFrom(oldest);
    while (live > maxEntries * 0.8) {
      int newOldest = oldest + Math.max(1, (now - oldest) / 8);
      int left = countFrom(newOldest);
      forgottenEarly += live - left;
      live = left;
      oldest = newOldest;
    }
    int capacity = 1024;
    while (capacity * FILL < live * 1.5) {
      capacity *= 2;
    }
    rebuild(capacity, oldest);
  }

  private int countFrom(int oldest) {
    int count = 0;
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != 0 && seconds[i] >= oldest) {
        count++;
      }
    }
    return count;
  }

  private void rebuild(int capacity, int oldest) {
    long[] oldKeys = keys;
    int[] oldSeconds = seconds;
    int[] oldServices = services;
    keys = new long[capacity];
    seconds = new int[capacity];
    services = new int[capacity];
    size = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0 && oldSeconds[i] >= oldest) {
        int slot = slot(keys, oldKeys[i]);
        keys[slot] = oldKeys[i];
        seconds[slot] = oldSeconds[i];
        services[slot] = oldServices[i];
        size++;
      }
    }
  }
}
