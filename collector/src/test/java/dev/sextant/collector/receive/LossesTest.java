package dev.sextant.collector.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What receivers count of what they did not keep, and tell. */
class LossesTest {
  private final List<String> log = new ArrayList<>();
  private Instant now = Instant.parse("2026-05-01T12:00:00Z");
  private final Losses losses = new Losses(() -> now, log::add);

  @Test
  void everyOutcome_isCountedByItsReason() {
    LossCounter counter = losses.of("door");
    for (Outcome outcome :
        List.of(
            Outcome.ACCEPTED,
            new Outcome.Partial(3, 1, "no ids"),
            new Outcome.Partial(0, "a warning"),
            new Outcome.Invalid("broken"),
            new Outcome.TooLarge("large"),
            new Outcome.Unsupported("odd"),
            new Outcome.Throttled(1, "behind"),
            new Outcome.Unavailable(1, "full"),
            new Outcome.Unavailable(1, "full"))) {
      assertThat(counter.counted(outcome)).isSameAs(outcome);
    }

    LossCounter.Counts counts = losses.counts().get("door");
    assertThat(counts.rejectedItems())
        .containsOnly(
            entry(LossCounter.ItemReason.INVALID, 2L), entry(LossCounter.ItemReason.TIME, 1L));
    assertThat(counts.refusedMessages().values()).containsExactly(1L, 1L, 1L, 1L, 2L);
    assertThat(losses.of("door")).isSameAs(counter);
  }

  @Test
  void whatWasWrong_isToldOnceAMinute_byEveryReceiver() {
    LossCounter counter = losses.of("door");
    counter.counted(new Outcome.Partial(2, "the span 'a' has no id"));
    counter.counted(new Outcome.Invalid("broken"));
    counter.counted(new Outcome.Throttled(1, "behind"));
    losses.of("other").counted(new Outcome.TooLarge("large"));
    now = now.plusSeconds(60);
    counter.counted(new Outcome.Invalid("broken again"));
    counter.counted(new Outcome.Invalid("and again"));

    assertThat(log)
        .containsExactly(
            "door: 2 rejected beside others: the span 'a' has no id",
            "other: a message was refused: large",
            "door: a message was refused: broken again (and 1 times more since the last time)");
  }
}
