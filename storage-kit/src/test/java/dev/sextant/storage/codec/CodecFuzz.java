package dev.sextant.storage.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.storage.otlp.Slice;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Decoders meet bytes that no encoder wrote with their own exception only. */
class CodecFuzz {
  private static final int ROUNDS = Boolean.getBoolean("sextant.long") ? 5_000_000 : 50_000;

  @Test
  void randomBytes() {
    Random random = new Random(3);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      if (bytes.length > 0) {
        bytes[0] = (byte) random.nextInt(8);
      }
      decodeAll(Slice.of(bytes));
    }
  }

  @Test
  void flippedBytes() {
    Random random = new Random(5);
    for (int i = 0; i < ROUNDS / 50; i++) {
      int count = 1 + random.nextInt(200);
      int bits = random.nextInt(64);
      long[] values = random.longs(count).map(v -> v >>> bits).toArray();
      ByteWriter out = new ByteWriter(16);
      LongVector.encode(values, count, Effort.values()[i % 2], out);
      flip(out, random, part -> LongVector.decode(part, count));

      TextDictionary dictionary = new TextDictionary();
      int[] codes = new int[count];
      for (int j = 0; j < count; j++) {
        byte[] text = Long.toString(values[j] >>> i % 50, 10 + i % 3 * 3).getBytes();
        codes[j] = dictionary.idOf(text, 0, text.length);
      }
      out.clear();
      TextVector.encode(codes, count, dictionary.texts(), Effort.values()[i % 2], out);
      flip(out, random, part -> decodeTexts(part, count));
    }
  }

  private interface Decoding {
    void decode(Slice part);
  }

  private static void flip(ByteWriter encoded, Random random, Decoding decoding) {
    for (int i = 0; i < 50; i++) {
      byte[] bytes = encoded.toByteArray();
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      meets(() -> decoding.decode(Slice.of(bytes)));
    }
  }

  private static void decodeAll(Slice slice) {
    meets(() -> LongVector.decode(slice, 20));
    meets(() -> LongVector.decodeInts(slice, 20, 100));
    meets(() -> DoubleVector.decode(new ByteSource(slice), 20));
    meets(() -> decodeTexts(slice, 20));
    meets(() -> Blob.decode(slice, 1 << 20));
    meets(() -> Bloom.decode(slice));
  }

  private static void decodeTexts(Slice slice, int count) {
    TextVector texts = TextVector.of(slice, count, 1 << 20);
    Texts entries = texts.entries();
    for (int code : texts.codes()) {
      entries.get(code).copy();
    }
  }

  private static void meets(Runnable decode) {
    try {
      decode.run();
    } catch (CorruptDataException e) {
      assertThat(e).hasMessageMatching("(?s).+");
    }
  }
}
