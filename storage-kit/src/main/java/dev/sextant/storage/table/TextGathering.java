package dev.sextant.storage.table;

import dev.sextant.storage.codec.ByteWriter;
import dev.sextant.storage.codec.TextDictionary;
import dev.sextant.storage.codec.Texts;
import java.util.Arrays;

/** The texts of one column of many tables, and parts of them as columns. For one thread. */
final class TextGathering {
  private final TextDictionary dictionary = new TextDictionary();

  /** Of all values, each one's text in the dictionary. */
  private final int[] all;

  private int filled;

  /** By text, its number in the part at hand plus the part's first number; smaller for none. */
  private int[] numbers = new int[0];

  private int firstNumber = 1;
  private int[] codes = new int[1024];
  private int size;
  private final ByteWriter bytes = new ByteWriter(1024);
  private int[] ends = new int[64];
  private int entries;

  /**
   * @param count how many values there will be
   */
  TextGathering(int count) {
    all = new int[count];
  }

  /** Adds a table's values behind the others. */
  void add(TextValues values, int count) {
    Texts texts = values.entries();
    int[] ids = new int[texts.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = dictionary.idOf(texts.bytes(), texts.from(i), texts.to(i));
    }
    int[] ofValues = values.codes();
    for (int i = 0; i < count; i++) {
      all[filled++] = ids[ofValues[i]];
    }
  }

  /** Begins a part; the one before must not be used any more. */
  void begin() {
    numbers = numbers.length == 0 ? new int[dictionary.size()] : numbers;
    firstNumber += entries;
    entries = 0;
    size = 0;
    bytes.clear();
  }

  /** Adds some of all values to the part. */
  void take(int from, int to) {
    Texts texts = dictionary.texts();
    for (int at = from; at < to; at++) {
      int text = all[at];
      if (numbers[text] < firstNumber) {
        numbers[text] = firstNumber + entries;
        enter(texts, text);
      }
      if (size == codes.length) {
        codes = Arrays.copyOf(codes, 2 * size);
      }
      codes[size++] = numbers[text] - firstNumber;
    }
  }

  private void enter(Texts texts, int text) {
    if (entries == ends.length) {
      ends = Arrays.copyOf(ends, 2 * entries);
    }
    bytes.put(texts.bytes(), texts.from(text), texts.to(text));
    ends[entries++] = bytes.length();
  }

  /** How many values the part has. */
  int size() {
    return size;
  }

  /** The part's values; valid until the next part begins. */
  TextValues values() {
    return TextValues.of(new Texts(bytes.array(), ends, 0, entries), codes);
  }
}
