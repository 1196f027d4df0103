package dev.sextant.collector.receive;

import org.jspecify.annotations.Nullable;

/** Counts the items of one message that are not kept, and remembers why the first was not. */
public final class Rejections {
  private long count;
  private long untimely;
  private @Nullable String first;

  public void add(String why) {
    add(1, why);
  }

  /** An item that is left out for its time alone. */
  public void addUntimely(String why) {
    untimely++;
    add(why);
  }

  /** What was rejected elsewhere. */
  public void add(Outcome.Partial rejected) {
    untimely += rejected.untimely();
    add(rejected.rejected(), rejected.message());
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

  /** Adds what was rejected here, before, to what another receiver says of the rest. */
  public Outcome before(Outcome rest) {
    if (first == null) {
      return rest;
    }
    return switch (rest) {
      case Outcome.Accepted() -> outcome();
      case Outcome.Partial(long rejected, long theirs, String why) ->
          new Outcome.Partial(count + rejected, untimely + theirs, message() + "; " + why);
      case Outcome.Refused refused -> refused;
    };
  }

  /** Accepted where nothing was rejected, else partial. */
  public Outcome outcome() {
    return first == null ? Outcome.ACCEPTED : new Outcome.Partial(count, untimely, message());
  }

  /** A text as messages quote it: cut where it is long. */
  public static String shortened(String text) {
    return text.length() > 200 ? text.substring(0, 200) + "…" : text;
  }
}
