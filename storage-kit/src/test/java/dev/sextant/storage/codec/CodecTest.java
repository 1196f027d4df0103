package dev.sextant.storage.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.storage.otlp.Slice;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CodecTest {
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
}
