package dev.sextant.storage.codec;

import dev.sextant.storage.otlp.Slice;

/**
 * A Bloom filter over 64-bit hashes: ten bits a key and seven probes (1 % false positives) while
 * that fits into {@link #MAX_BYTES}, more crowded beyond. Stored as the number of probes in a byte,
 * then the bits in 8-byte words.
 *
 * @see <a href="https://doi.org/10.1145/362686.362692">B. H. Bloom, Space/time trade-offs in hash
 *     coding, 1970</a>
 * @see <a href="https://doi.org/10.1002/rsa.20208">Kirsch and Mitzenmacher, two hashes are enough,
 *     2008</a>
 */
public final class Bloom {
  public static final int MAX_BYTES = 1 << 16;
  private static final int BITS_PER_KEY = 10;
  private static final int PROBES = 7;

  private final long[] words;
  private final int probes;

  private Bloom(long[] words, int probes) {
    this.words = words;
    this.probes = probes;
  }

  /** A filter that holds exactly these keys' bits. */
  public static Bloom of(LongSet keys) {
    long bits = Math.min(8L * MAX_BYTES, Math.max(64, (long) BITS_PER_KEY * keys.size()));
    Bloom bloom = new Bloom(new long[(int) ((bits + 63) / 64)], PROBES);
    for (long key : keys.toArray()) {
      bloom.add(key);
    }
    return bloom;
  }

  private void add(long key) {
    long step = Hash.mix(key) | 1;
    long probe = key;
    for (int i = 0; i < probes; i++) {
      long bit = Math.unsignedMultiplyHigh(probe, 64L * words.length);
      words[(int) (bit >>> 6)] |= 1L << bit;
      probe += step;
    }
  }

  /** False only where the key was never added. */
  public boolean mightContain(long key) {
    long step = Hash.mix(key) | 1;
    long probe = key;
    for (int i = 0; i < probes; i++) {
      long bit = Math.unsignedMultiplyHigh(probe, 64L * words.length);
      if ((words[(int) (bit >>> 6)] & 1L << bit) == 0) {
        return false;
      }
      probe += step;
    }
    return true;
  }

  public void encode(ByteWriter out) {
    out.put(probes);
    for (long word : words) {
      out.putLong(word);
    }
  }

  public static Bloom decode(Slice encoded) {
    ByteSource in = new ByteSource(encoded);
    int probes = in.get();
    long[] words = new long[in.remaining() / 8];
    if (words.length == 0 || probes == 0) {
      throw new CorruptDataException("a bloom filter without bits");
    }
    for (int i = 0; i < words.length; i++) {
      words[i] = in.getLong();
    }
    return new Bloom(words, probes);
  }
}
