package dev.sextant.metrics.embedded;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A block's file name: the range of sequence numbers whose samples it holds, both inclusive. A
 * merged block's range spans those it was merged from, so that after a crash whoever lies inside
 * another's range is known to be superseded.
 */
record BlockName(long first, long last) implements Comparable<BlockName> {
  private static final Pattern FORM = Pattern.compile("(\\d{12})-(\\d{12})\\.block");

  static @Nullable BlockName parse(String file) {
    Matcher form = FORM.matcher(file);
    return form.matches()
        ? new BlockName(Long.parseLong(form.group(1)), Long.parseLong(form.group(2)))
        : null;
  }

  boolean covers(BlockName other) {
    return !equals(other) && first <= other.first && last >= other.last;
  }

  /** Older first: where two hold the same time, the older one's sample stays. */
  @Override
  public int compareTo(BlockName other) {
    return Long.compare(first, other.first);
  }

  @Override
  public String toString() {
    return String.format("%012d-%012d.block", first, last);
  }
}
