package dev.sextant.storage.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.storage.otlp.Slice;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class CodecTest {
  @Test
  void longVector_keepsEveryValueOfEveryShape() {
    Random random = new Random(7);
    LongUnaryOperator[] shapes = {
      i -> 42,
      i -> -1,
      i -> i,
      i -> 1_700_000_000_000_000_000L + i * 1_000 + random.nextInt(500),
      i -> random.nextInt(7),
      i -> random.nextInt(),
      i -> random.nextLong(),
      i -> random.nextLong() >>> 8,
      i -> i % 2 == 0 ? Long.MIN_VALUE : Long.MAX_VALUE,
      i -> i % 100 == 0 ? random.nextLong() : 5,
      i -> -random.nextInt(1_000_000)
    };
    for (LongUnaryOperator shape : shapes) {
      for (int count : new int[] {0, 1, 2, 3, 63, 64, 65, 1000}) {
        long[] values = new long[count + 5];
        Arrays.setAll(values, shape::applyAsLong);
        assertThat(LongVector.decode(encode(values, count), count))
            .isEqualTo(Arrays.copyOf(values, count));
      }
    }
  }

  @Test
  void longVector_isNeverLongerThanPlain() {
    Random random = new Random(1);
    long[] ids = random.longs(1000).toArray();
    assertThat(encode(ids, 1000).length()).isEqualTo(8001);
    assertThat(encode(new long[4096], 4096).length()).isEqualTo(2);
    long[] levels = random.longs(4096, 0, 7).toArray();
    assertThat(encode(levels, 4096).length()).isLessThan(1600);
  }

  @Test
  void longVector_refusesCutAndUnknownBytes() {
    Slice whole = encode(new long[] {1, 1L << 40, 7, 9}, 4);
    for (int length = 0; length < whole.length(); length++) {
      Slice cut = new Slice(whole.bytes(), 0, length);
      assertThatThrownBy(() -> LongVector.decode(cut, 4)).isInstanceOf(CorruptDataException.class);
    }
    assertThatThrownBy(() -> LongVector.decode(Slice.of(new byte[] {9, 0}), 1))
        .isInstanceOf(CorruptDataException.class);
  }

  @Test
  void decoders_meetRandomBytesWithTheirExceptionOnly() {
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      if (bytes.length > 0) {
        bytes[0] = (byte) random.nextInt(5);
      }
      Slice slice = Slice.of(bytes);
      decodes(() -> LongVector.decode(slice, 20));
      decodes(() -> Blob.decode(slice, 1 << 20));
      decodes(() -> Bloom.decode(slice));
    }
  }

  private static void decodes(Runnable decode) {
    try {
      decode.run();
    } catch (CorruptDataException e) {
      assertThat(e).hasMessageMatching(".+");
    }
  }

  @Test
  void blob_compressesWhatItCanAndKeepsWhatItCannot() {
    byte[] text = "the same words again and again ".repeat(100).getBytes();
    byte[] noise = new byte[3000];
    new Random(5).nextBytes(noise);
    for (byte[] raw : new byte[][] {{}, {1}, text, noise}) {
      ByteWriter out = new ByteWriter(16);
      Blob.encode(Slice.of(raw), out);
      assertThat(Blob.decode(Slice.of(out.toByteArray()), 10_000).copy()).isEqualTo(raw);
    }
    ByteWriter out = new ByteWriter(16);
    Blob.encode(new Slice(text, 31, text.length), out);
    assertThat(out.length()).isLessThan(200);
    assertThat(Blob.decode(Slice.of(out.toByteArray()), 10_000).text())
        .startsWith("the same")
        .hasSize(text.length - 31);
  }

  @Test
  void blob_refusesALengthOverItsBoundBeforeAllocating() {
    ByteWriter out = new ByteWriter(16);
    out.put(1);
    out.putVarint(Integer.MAX_VALUE);
    assertThatThrownBy(() -> Blob.decode(Slice.of(out.toByteArray()), 1 << 20))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("over 1048576");
  }

  @Test
  void bloom_neverMissesAKeyAndSeldomFindsAnother() {
    Random random = new Random(11);
    LongSet keys = new LongSet();
    random.longs(5_000).forEach(keys::add);
    ByteWriter out = new ByteWriter(16);
    Bloom.of(keys).encode(out);
    Bloom bloom = Bloom.decode(Slice.of(out.toByteArray()));
    for (long key : keys.toArray()) {
      assertThat(bloom.mightContain(key)).isTrue();
    }
    assertThat(random.longs(100_000).filter(bloom::mightContain).count()).isLessThan(2_000);
    assertThat(out.length()).isLessThan(7_000);
  }

  @Test
  void bloom_staysWithinItsBound() {
    LongSet keys = new LongSet();
    new Random(13).longs(200_000).forEach(keys::add);
    ByteWriter out = new ByteWriter(16);
    Bloom bloom = Bloom.of(keys);
    bloom.encode(out);
    assertThat(out.length()).isLessThanOrEqualTo(Bloom.MAX_BYTES + 1);
    assertThat(bloom.mightContain(keys.toArray()[77])).isTrue();
  }

  @Test
  void longSet_isASet() {
    Random random = new Random(17);
    LongSet set = new LongSet();
    Set<Long> expected = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      long value = random.nextInt(3_000) - 1_000;
      assertThat(set.add(value)).isEqualTo(expected.add(value));
    }
    assertThat(set.size()).isEqualTo(expected.size());
    assertThat(set.toArray().length + (set.contains(0) ? 1 : 0))
        .isBetween(set.size(), set.size() + 1);
    for (long value = -2_000; value < 3_000; value++) {
      assertThat(set.contains(value)).isEqualTo(expected.contains(value));
    }
  }

  private static Slice encode(long[] values, int count) {
    ByteWriter out = new ByteWriter(16);
    LongVector.encode(values, count, out);
    return Slice.of(out.toByteArray());
  }
}
