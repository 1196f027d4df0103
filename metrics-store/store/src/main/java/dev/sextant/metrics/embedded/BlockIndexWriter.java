package dev.sextant.metrics.embedded;

import dev.sextant.metrics.column.ByteWriter;
import dev.sextant.metrics.model.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Collects the labels of a block's series, in their order, and writes symbols and postings. */
final class BlockIndexWriter {
  private final TreeSet<String> texts = new TreeSet<>();
  private final TreeMap<String, TreeMap<String, Runs>> postings = new TreeMap<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final ByteWriter names = new ByteWriter();
  private final ByteWriter values = new ByteWriter();
  private final ByteWriter runs = new ByteWriter();
  private int series;

  /** Numbers of series as runs of neighbours: the gap since the last run, the length minus one. */
  private static final class Runs {
    private final ByteWriter bytes = new ByteWriter(4);
    private int start = -1;
    private int end;
    private int lastEnd;

    void add(int number) {
      if (start >= 0 && number != end) {
        finish();
        start = number;
      } else if (start < 0) {
        start = number;
      }
      end = number + 1;
    }

    void finish() {
      bytes.varint(start - lastEnd);
      bytes.varint(end - start - 1);
      lastEnd = end;
    }
  }

  void add(Labels labels) {
    for (int i = 0; i < labels.size(); i++) {
      texts.add(labels.name(i));
      texts.add(labels.value(i));
      postings
          .computeIfAbsent(labels.name(i), key -> new TreeMap<>())
          .computeIfAbsent(labels.value(i), key -> new Runs())
          .add(series);
    }
    series++;
  }

  /** Comes first: numbers the texts. */
  ByteWriter symbols() {
    List<String> sorted = new ArrayList<>(texts);
    for (int i = 0; i < sorted.size(); i++) {
      numbers.put(sorted.get(i), i);
    }
    ByteWriter out = new ByteWriter(1 << 12);
    SymbolTable.write(out, sorted);
    writePostings();
    return out;
  }

  private void writePostings() {
    int firstValue = 0;
    for (Map.Entry<String, TreeMap<String, Runs>> name : postings.entrySet()) {
      names.u32(number(name.getKey()));
      names.u32(firstValue);
      names.u32(name.getValue().size());
      firstValue += name.getValue().size();
      name.getValue()
          .forEach(
              (value, list) -> {
                list.finish();
                values.u32(number(value));
                values.u32(runs.size());
                runs.bytes(list.bytes.array(), 0, list.bytes.size());
              });
    }
  }

  ByteWriter names() {
    return names;
  }

  ByteWriter values() {
    return values;
  }

  ByteWriter postings() {
    return runs;
  }

  void writeLabels(ByteWriter out, Labels labels) {
    out.varint(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      out.varint(number(labels.name(i)));
      out.varint(number(labels.value(i)));
    }
  }

  private int number(String text) {
    Integer number = numbers.get(text);
    if (number == null) {
      throw new IllegalStateException("no series of the block has the text " + text);
    }
    return number;
  }
}
