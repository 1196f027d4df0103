package dev.sextant.metrics.model;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A small source held in plain maps, for tests and examples of the query languages. Every read
 * walks all series; nothing is indexed or compressed. Immutable, thread-safe.
 */
public final class InMemorySeries implements SeriesSource {
  private final SortedMap<Labels, SampleArray> series;
  private final SortedMap<Labels, List<Exemplar>> exemplars;
  private final SortedMap<String, List<Metadata>> metadata;

  InMemorySeries(
      SortedMap<Labels, SampleArray> series,
      SortedMap<Labels, List<Exemplar>> exemplars,
      SortedMap<String, List<Metadata>> metadata) {
    this.series = series;
    this.exemplars = exemplars;
    this.metadata = metadata;
  }

  public static InMemorySeriesBuilder builder() {
    return new InMemorySeriesBuilder();
  }

  @Override
  public SeriesSet select(long minMillis, long maxMillis, List<Matcher> matchers, Hints hints) {
    return new Walk(labels(minMillis, maxMillis, List.of(matchers)).toList(), minMillis, maxMillis);
  }

  @Override
  public List<Labels> series(
      long minMillis, long maxMillis, List<List<Matcher>> matchers, int limit) {
    return limited(labels(minMillis, maxMillis, matchers).toList(), limit);
  }

  @Override
  public List<String> labelNames(
      long minMillis, long maxMillis, List<List<Matcher>> matchers, int limit) {
    TreeSet<String> names = new TreeSet<>();
    labels(minMillis, maxMillis, matchers)
        .forEach(labels -> labels.forEach((name, value) -> names.add(name)));
    return limited(names, limit);
  }

  @Override
  public List<String> labelValues(
      String name, long minMillis, long maxMillis, List<List<Matcher>> matchers, int limit) {
    TreeSet<String> values = new TreeSet<>();
    labels(minMillis, maxMillis, matchers)
        .filter(labels -> labels.has(name))
        .forEach(labels -> values.add(labels.get(name)));
    return limited(values, limit);
  }

  @Override
  public Map<Labels, List<Exemplar>> exemplars(
      long minMillis, long maxMillis, List<List<Matcher>> matchers) {
    TreeMap<Labels, List<Exemplar>> found = new TreeMap<>();
    exemplars.forEach(
        (labels, list) -> {
          List<Exemplar> inside =
              list.stream()
                  .filter(
                      exemplar ->
                          exemplar.timestampMillis() >= minMillis
                              && exemplar.timestampMillis() <= maxMillis)
                  .toList();
          if (!inside.isEmpty() && anyMatches(matchers, labels)) {
            found.put(labels, inside);
          }
        });
    return found;
  }

  @Override
  public Map<String, List<Metadata>> metadata(String family, int limit) {
    TreeMap<String, List<Metadata>> found = new TreeMap<>(metadata);
    if (!family.isEmpty()) {
      found.keySet().retainAll(List.of(family));
    }
    while (limit > 0 && found.size() > limit) {
      found.pollLastEntry();
    }
    return found;
  }

  private Stream<Labels> labels(long minMillis, long maxMillis, List<List<Matcher>> matchers) {
    return series.entrySet().stream()
        .filter(
            entry -> entry.getValue().cursor(minMillis, maxMillis).next() != SampleCursor.Type.NONE)
        .map(Map.Entry::getKey)
        .filter(labels -> anyMatches(matchers, labels));
  }

  private static boolean anyMatches(List<List<Matcher>> matchers, Labels labels) {
    return matchers.isEmpty()
        || matchers.stream()
            .anyMatch(list -> list.stream().allMatch(matcher -> matcher.matches(labels)));
  }

  private static <T> List<T> limited(Collection<T> all, int limit) {
    return all.stream().limit(limit == 0 ? Long.MAX_VALUE : limit).toList();
  }

  private final class Walk implements SeriesSet {
    private final Iterator<Labels> labels;
    private final long minMillis;
    private final long maxMillis;
    private Labels current = Labels.EMPTY;

    Walk(List<Labels> labels, long minMillis, long maxMillis) {
      this.labels = labels.iterator();
      this.minMillis = minMillis;
      this.maxMillis = maxMillis;
    }

    @Override
    public boolean next() {
      if (!labels.hasNext()) {
        return false;
      }
      current = labels.next();
      return true;
    }

    @Override
    public Labels labels() {
      return current;
    }

    @Override
    public SampleCursor samples() {
      return series.getOrDefault(current, SampleArray.EMPTY).cursor(minMillis, maxMillis);
    }

    @Override
    public void close() {}
  }
}
