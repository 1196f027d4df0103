package dev.sextant.storage.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.storage.otlp.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class TextVectorTest {
  private static final Random RANDOM = new Random(31);

  private static final Map<String, IntFunction<String>> KINDS =
      Map.ofEntries(
          Map.entry("one", i -> "the same"),
          Map.entry("empty", i -> ""),
          Map.entry("few", i -> "value " + RANDOM.nextInt(9)),
          Map.entry("paths", i -> "/orders/" + RANDOM.nextInt(100_000) + "/items"),
          Map.entry("words", i -> RANDOM.nextInt(3) == 0 ? "" : "wörd " + RANDOM.nextInt(1000)),
          Map.entry("hex", i -> "%016x".formatted(RANDOM.nextLong())),
          Map.entry("HEX", i -> "%016X".formatted(RANDOM.nextLong())),
          Map.entry("uuid", i -> new UUID(RANDOM.nextLong(), RANDOM.nextLong()).toString()),
          Map.entry("numbers", i -> "" + RANDOM.nextInt(1_000_000)),
          Map.entry("digits", i -> "%09d".formatted(RANDOM.nextInt(1_000_000))),
          Map.entry("zeros", i -> "0" + RANDOM.nextInt(1_000_000)),
          Map.entry("long numbers", i -> "9" + "%018d".formatted(RANDOM.nextLong() >>> 4)),
          Map.entry("threads", i -> "exec-" + RANDOM.nextInt(1_000_000)),
          Map.entry("prefixes", i -> "a".repeat(RANDOM.nextInt(12))),
          Map.entry("binary", i -> new String(Character.toChars(RANDOM.nextInt(0xd000)))));

  @Test
  void keepsEveryTextOfEveryKind() {
    for (String kind : KINDS.keySet()) {
      for (int count : new int[] {0, 1, 2, 3, 50, 3000}) {
        for (Effort effort : Effort.values()) {
          List<String> values = values(KINDS.get(kind), count);
          assertThat(decode(encode(values, effort), count)).as(kind).isEqualTo(values);
        }
      }
    }
  }

  private static List<String> values(IntFunction<String> kind, int count) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(kind.apply(i));
    }
    return values;
  }

  private static Slice encode(List<String> values, Effort effort) {
    TextDictionary dictionary = new TextDictionary();
    int[] codes = new int[values.size()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = dictionary.idOf(Slice.of(values.get(i).getBytes(StandardCharsets.UTF_8)));
    }
    ByteWriter out = new ByteWriter(16);
    TextVector.encode(codes, codes.length, dictionary.texts(), effort, out);
    return Slice.of(out.toByteArray());
  }

  private static List<String> decode(Slice encoded, int count) {
    TextVector vector = TextVector.of(encoded, count, 1 << 20);
    Texts entries = vector.entries();
    List<String> values = new ArrayList<>();
    for (int code : vector.codes()) {
      values.add(entries.get(code).text());
    }
    return values;
  }

  @Test
  void knownKindsAreShort() {
    assertThat(length("one")).isLessThan(20);
    assertThat(length("few")).isLessThan(3000 * 4 / 8 + 80);
    assertThat(length("uuid")).isLessThan(3000 * 16 + 40);
    assertThat(length("hex")).isLessThan(3000 * 8 + 40);
    assertThat(length("numbers")).isLessThan(3000 * 20 / 8 + 40);
    assertThat(length("digits")).isLessThan(3000 * 20 / 8 + 40);
    assertThat(length("threads")).isLessThan(3000 * 20 / 8 + 40);
  }

  private static int length(String kind) {
    return encode(values(KINDS.get(kind), 3000), Effort.QUICK).length();
  }

  @Test
  void refusesMoreThanItsBound() {
    for (String kind : List.of("uuid", "threads", "words")) {
      Slice encoded = encode(values(KINDS.get(kind), 3000), Effort.QUICK);
      assertThatThrownBy(() -> TextVector.of(encoded, 3000, 1000).entries())
          .isInstanceOf(CorruptDataException.class);
    }
  }

  @Test
  void doubles_comeBackBitByBit() {
    double[][] columns = {
      {1.5, 2.25, -3, 0, 12.99},
      {0.1, 0.2, 0.30000000000000004},
      {-0.0, 0.0},
      {Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE, Double.MAX_VALUE},
      {Double.longBitsToDouble(0x7ff8000000000123L)},
      {1e15, 1e16, 1e17},
      {}
    };
    for (double[] column : columns) {
      long[] bits = new long[column.length];
      for (int i = 0; i < bits.length; i++) {
        bits[i] = Double.doubleToRawLongBits(column[i]);
      }
      ByteWriter out = new ByteWriter(16);
      DoubleVector.encode(bits, bits.length, Effort.THOROUGH, out);
      ByteSource in = new ByteSource(Slice.of(out.toByteArray()));
      assertThat(DoubleVector.decode(in, bits.length)).isEqualTo(bits);
      assertThat(in.remaining()).isZero();
    }
    long[] prices = new Random(3).ints(1000, 0, 10_000).mapToLong(TextVectorTest::price).toArray();
    ByteWriter out = new ByteWriter(16);
    DoubleVector.encode(prices, 1000, Effort.QUICK, out);
    assertThat(out.length()).isLessThan(1000 * 14 / 8 + 40);
  }

  private static long price(int cents) {
    return Double.doubleToRawLongBits(cents / 100.0);
  }
}
