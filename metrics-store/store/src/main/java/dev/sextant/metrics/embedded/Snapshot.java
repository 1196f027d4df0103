package dev.sextant.metrics.embedded;

import dev.sextant.metrics.model.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The series a query selected, as they were at one moment. Closed by the query. */
final class Snapshot implements AutoCloseable {
  static final Snapshot EMPTY = new Snapshot(List.of(), () -> {});

  private final List<SeriesEntry> entries;
  private final Runnable release;

  private Snapshot(List<SeriesEntry> entries, Runnable release) {
    this.entries = entries;
    this.release = release;
  }

  /**
   * Joins what several places know of the same series.
   *
   * @param places the one whose samples win first
   */
  static Snapshot of(List<List<SeriesEntry>> places, Runnable release, Checkpoint checkpoint) {
    List<List<SeriesEntry>> filled = places.stream().filter(place -> !place.isEmpty()).toList();
    if (filled.size() == 1) {
      return new Snapshot(filled.get(0), release);
    }
    Map<Labels, List<SamplePart>> joined = new HashMap<>();
    for (List<SeriesEntry> place : filled) {
      for (SeriesEntry entry : place) {
        checkpoint.step();
        joined.computeIfAbsent(entry.labels(), key -> new ArrayList<>()).addAll(entry.parts());
      }
    }
    List<SeriesEntry> entries = new ArrayList<>(joined.size());
    joined.forEach((labels, parts) -> entries.add(new SeriesEntry(labels, parts)));
    return new Snapshot(entries, release);
  }

  /** In no order. */
  List<SeriesEntry> entries() {
    return entries;
  }

  @Override
  public void close() {
    release.run();
  }
}
