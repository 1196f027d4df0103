package dev.sextant.server.crash;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the clients of one signal sent and what was acknowledged. Thread-safe. */
final class Ledger {
  /**
   * How often a batch was sent and how often that was acknowledged; between the two lies how often
   * it may stand in a journal.
   */
  record Tries(int sent, int acknowledged) {
    Tries plus(Tries other) {
      return new Tries(sent + other.sent, acknowledged + other.acknowledged);
    }
  }

  private static final Tries SENT = new Tries(1, 0);
  private static final Tries ACKNOWLEDGED = new Tries(0, 1);

  private final Map<Batch, Tries> tries = new ConcurrentHashMap<>();

  void sent(Batch batch) {
    tries.merge(batch, SENT, Tries::plus);
  }

  void acknowledged(Batch batch) {
    tries.merge(batch, ACKNOWLEDGED, Tries::plus);
  }

  Map<Batch, Tries> tries() {
    return Map.copyOf(tries);
  }

  /** A ledger of the same batches that knows only of acknowledgements up to an earlier moment. */
  Ledger asOf(Map<Batch, Tries> then) {
    Ledger earlier = new Ledger();
    tries.forEach(
        (batch, now) -> {
          Tries known = then.getOrDefault(batch, SENT);
          earlier.tries.put(batch, new Tries(now.sent(), known.acknowledged()));
        });
    return earlier;
  }

  /** Batches that were acknowledged at least once. */
  long acknowledgedBatches() {
    return tries.values().stream().filter(each -> each.acknowledged() > 0).count();
  }

  /** Batches that were sent more than once. */
  long repeatedBatches() {
    return tries.values().stream().filter(each -> each.sent() > 1).count();
  }
}
