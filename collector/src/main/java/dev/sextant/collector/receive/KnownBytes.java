package dev.sextant.collector.receive;

import dev.sextant.storage.codec.Hash;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What parts of messages were found to mean before, by their bytes: senders name the same series
 * again and again, and comparing bytes is cheaper than decoding them. A key is bytes, and three
 * numbers that say what they belong to; all of it is compared.
 *
 * <p>Bounded by the memory that keys and values take. Where it is full, what was not asked for
 * since the hand came by last gives way (CLOCK: Corbató, "A Paging Experiment with the Multics
 * System", 1968). Thread-safe; a {@link Probe} is for one thread.
 */
public final class KnownBytes<V> {
  /** An entry with its key beside the key's bytes, in bytes. */
  private static final int ENTRY_BYTES = 160;

  private final ConcurrentHashMap<Object, Entry<V>> entries = new ConcurrentHashMap<>();
  private final ArrayDeque<Entry<V>> clock = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final long maxBytes;
  private long bytes;

  /**
   * @param maxBytes of keys and values together
   */
  public KnownBytes(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** A key being looked up, set again for each. */
  public static final class Probe {
    private byte[] bytes = new byte[0];
    private int from;
    private int to;
    private long hash;
    private long first;
    private long second;
    private long third;

    /**
     * @param from first byte of the key
     * @param to the byte after its last
     */
    public Probe set(byte[] source, int from, int to) {
      this.bytes = source;
      this.from = from;
      this.to = to;
      this.hash = Hash.of(source, from, to);
      return within(0, 0, 0);
    }

    /** Says what the bytes belong to; 0, 0 and 0 until then. */
    public Probe within(long newFirst, long newSecond, long newThird) {
      first = newFirst;
      second = newSecond;
      third = newThird;
      return this;
    }

    private long hash() {
      return Hash.mix(hash + Hash.of(first + 31 * third, second));
    }

    @Override
    public int hashCode() {
      return (int) hash();
    }

    /** Only entries are ever compared with a probe. */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Entry<?> entry && entry.matches(this);
    }
  }

  /** Key and value in one. */
  private static final class Entry<V> {
    private final byte[] bytes;
    private final long first;
    private final long second;
    private final long third;
    private final int hash;
    private final V value;
    private final long weight;
    private volatile boolean used;

    Entry(Probe key, V value, long weight) {
      this.bytes = Arrays.copyOfRange(key.bytes, key.from, key.to);
      this.first = key.first;
      this.second = key.second;
      this.third = key.third;
      this.hash = key.hashCode();
      this.value = value;
      this.weight = weight;
    }

    boolean matches(Probe probe) {
      return first == probe.first
          && second == probe.second
          && third == probe.third
          && Arrays.equals(bytes, 0, bytes.length, probe.bytes, probe.from, probe.to);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other == this || other instanceof Probe probe && matches(probe);
    }
  }

  /** What the probe's bytes mean, or null where that is not known. */
  public @Nullable V find(Probe probe) {
    Entry<V> found = entries.get(probe);
    if (found == null) {
      return null;
    }
    if (!found.used) {
      found.used = true;
    }
    return found.value;
  }

  /**
   * Remembers what the probe's bytes mean.
   *
   * @param valueBytes what the value takes of the heap, near enough to bound memory by
   * @return what is remembered, which another may have put before; null where it is too large
   */
  public @Nullable V put(Probe probe, V value, long valueBytes) {
    long weight = ENTRY_BYTES + probe.to - probe.from + valueBytes;
    if (weight > maxBytes / 8) {
      return null;
    }
    lock.lock();
    try {
      Entry<V> before = entries.get(probe);
      if (before != null) {
        return before.value;
      }
      while (bytes + weight > maxBytes) {
        evict();
      }
      Entry<V> entry = new Entry<>(probe, value, weight);
      entries.put(entry, entry);
      clock.add(entry);
      bytes += weight;
      return value;
    } finally {
      lock.unlock();
    }
  }

  /** Each entry that is passed over loses its mark, so one round finds one to take. */
  private void evict() {
    Entry<V> oldest = clock.remove();
    while (oldest.used) {
      oldest.used = false;
      clock.add(oldest);
      oldest = clock.remove();
    }
    entries.remove(oldest);
    bytes -= oldest.weight;
  }

  /** Bytes that keys and values take now. */
  public long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }
}
