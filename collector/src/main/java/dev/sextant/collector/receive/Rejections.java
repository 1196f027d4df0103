package dev.sextant.collector.receive;

import org.jspecify.annotations.Nullable;

/** Counts the items of one message that are not kept, and remembers why the first was not. */
public final class Rejections {
  private long count;
  private @Nullable String first;

  public void add(String why) {
    add(1, why);
  }

  public void add(long items, String why) {
    count += items;
    if (first == null) {
      first = why;
    }
  }

  public long count() {
    return count;
  }

  /** The first reason, with the number of further items, or the empty string. */
  public String message() {
    if (first == null) {
      return "";
    }
    return count > 1 ? first + " (and " + (count - 1) + " more)" : first;
  }

  /** Accepted where nothing was rejected, else partial. */
  public Outcome outcome() {
    return first == null ? Outcome.ACCEPTED : new Outcome.Partial(count, message());
  }

  /** A text as messages quote it: cut where it is long. */
  public static String shortened(String text) {
    return text.length() > 200 ? text.substring(0, 200) + "…" : text;
  }
}
