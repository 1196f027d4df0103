package dev.sextant.collector.receive;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * What one receiver did not keep since the start. Many protocols have no word for items that were
 * rejected beside good ones, and many senders read no answer at all. Thread-safe.
 */
public final class LossCounter {
  /** Why nothing was kept of a message; named as {@link Outcome}'s refusals. */
  public enum Reason {
    INVALID,
    TOO_LARGE,
    UNSUPPORTED,
    THROTTLED,
    UNAVAILABLE
  }

  /** Why an item was left out beside others. */
  public enum ItemReason {
    /** It is incomplete, or breaks a limit. */
    INVALID,
    /** Its time lies outside of the retention, or ahead of the clock. */
    TIME
  }

  /**
   * Numbers at one moment.
   *
   * @param rejectedItems that were left out of messages of which others were kept, for every reason
   * @param refusedMessages of which nothing was kept, for every reason
   */
  public record Counts(Map<ItemReason, Long> rejectedItems, Map<Reason, Long> refusedMessages) {}

  private final String receiver;
  private final OccasionalLine line;
  private final LongAdder invalid = new LongAdder();
  private final LongAdder untimely = new LongAdder();
  private final Map<Reason, LongAdder> refused = new EnumMap<>(Reason.class);

  /**
   * @param receiver its name
   * @param line tells what was wrong
   */
  LossCounter(String receiver, OccasionalLine line) {
    this.receiver = receiver;
    this.line = line;
    for (Reason reason : Reason.values()) {
      refused.put(reason, new LongAdder());
    }
  }

  /** Counts what an outcome says is lost, and returns it. */
  public Outcome counted(Outcome outcome) {
    switch (outcome) {
      case Outcome.Accepted() -> {}
      case Outcome.Partial(long rejected, long late, String why) -> {
        if (rejected > 0) {
          invalid.add(rejected - late);
          untimely.add(late);
          line.say("%s: %d rejected beside others: %s".formatted(receiver, rejected, why));
        }
      }
      case Outcome.Invalid(String why) -> refused(Reason.INVALID, why);
      case Outcome.TooLarge(String why) -> refused(Reason.TOO_LARGE, why);
      case Outcome.Unsupported(String why) -> refused(Reason.UNSUPPORTED, why);
      // Senders are to come back, which the journals' own counters and logs tell.
      case Outcome.Throttled throttled -> refused(Reason.THROTTLED).increment();
      case Outcome.Unavailable unavailable -> refused(Reason.UNAVAILABLE).increment();
    }
    return outcome;
  }

  private void refused(Reason reason, String why) {
    refused(reason).increment();
    line.say("%s: a message was refused: %s".formatted(receiver, why));
  }

  private LongAdder refused(Reason reason) {
    return Objects.requireNonNull(refused.get(reason));
  }

  Counts counts() {
    Map<Reason, Long> messages = new EnumMap<>(Reason.class);
    refused.forEach((reason, count) -> messages.put(reason, count.sum()));
    return new Counts(
        Map.of(ItemReason.INVALID, invalid.sum(), ItemReason.TIME, untimely.sum()), messages);
  }
}
