package dev.sextant.metrics.embedded;

import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.SampleArray;
import java.util.List;

/** A series that a query selected, and where its samples are: the part that wins first. */
record SeriesEntry(Labels labels, List<SamplePart> parts) {
  SampleArray samples(long minMillis, long maxMillis) {
    return new SampleMerge().merge(parts, minMillis, maxMillis);
  }

  /**
   * Whether each part begins after the one before it has ended, so that nothing is to be merged.
   */
  boolean isInOrder() {
    for (int i = 1; i < parts.size(); i++) {
      if (parts.get(i).minMillis() <= parts.get(i - 1).maxMillis()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether any sample lies between two times, both inclusive; decodes only where the parts' ends
   * leave it open.
   */
  boolean hasSamples(long minMillis, long maxMillis) {
    for (SamplePart part : parts) {
      if (part.overlaps(minMillis, maxMillis) && hasSamples(part, minMillis, maxMillis)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasSamples(SamplePart part, long minMillis, long maxMillis) {
    if (part.minMillis() >= minMillis || part.maxMillis() <= maxMillis) {
      return true;
    }
    SampleArray samples = part.decode();
    int first = samples.firstAtOrAfter(minMillis);
    return first < samples.size() && samples.times()[first] <= maxMillis;
  }
}
