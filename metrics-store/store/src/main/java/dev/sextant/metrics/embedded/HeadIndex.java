package dev.sextant.metrics.embedded;

import dev.sextant.metrics.model.Labels;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The head's postings. Series are added by one thread, in ascending order of number; any thread may
 * read meanwhile and then sees some of what is being added. It also keeps each label text once.
 */
final class HeadIndex implements PostingsIndex {
  private record Values(String name, Map<String, Posting> byValue) {}

  private record Posting(String value, IntList series) {}

  private final Map<String, Values> byName = new ConcurrentHashMap<>();
  private volatile int count;

  /**
   * Adds a series.
   *
   * @return its labels, made of the texts that the index holds; the same object where it is made of
   *     them already, so that whoever names the series by it again is told by identity
   */
  @SuppressWarnings("ReferenceEquality")
  Labels add(int series, Labels labels) {
    String[] pairs = new String[2 * labels.size()];
    boolean shared = true;
    for (int i = 0; i < labels.size(); i++) {
      Values values =
          byName.computeIfAbsent(
              labels.name(i), name -> new Values(name, new ConcurrentHashMap<>()));
      Posting posting =
          values.byValue.computeIfAbsent(
              labels.value(i), value -> new Posting(value, new IntList()));
      posting.series.add(series);
      pairs[2 * i] = values.name;
      pairs[2 * i + 1] = posting.value;
      shared &= values.name == labels.name(i) && posting.value == labels.value(i);
    }
    count = series + 1;
    return shared ? labels : Labels.ofSorted(pairs);
  }

  int valueCount(String name) {
    Values values = byName.get(name);
    return values == null ? 0 : values.byValue.size();
  }

  @Override
  public void addAll(BitSet into) {
    into.set(0, count);
  }

  @Override
  public void addEqual(String name, String value, BitSet into) {
    Values values = byName.get(name);
    Posting posting = values == null ? null : values.byValue.get(value);
    if (posting != null) {
      posting.series.addTo(into);
    }
  }

  @Override
  public void addMatching(String name, String prefix, Predicate<String> test, BitSet into) {
    Values values = byName.get(name);
    if (values != null) {
      values.byValue.forEach(
          (value, posting) -> {
            if (value.startsWith(prefix) && test.test(value)) {
              posting.series.addTo(into);
            }
          });
    }
  }
}
