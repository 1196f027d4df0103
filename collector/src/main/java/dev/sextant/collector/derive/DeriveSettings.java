package dev.sextant.collector.derive;

import java.time.Duration;

/**
 * Bounds of derivation; the names of the settings are {@code derive.*} in kebab case.
 *
 * @param interval between ticks
 * @param pairingTimeout how long half an edge waits for its other half, by journal stamps
 * @param forgetAfter for how long a series is written after its last call; then it ends, and gives
 *     back the room that it had within the bounds below
 * @param repeatWindow how long after its last arrival a span that arrives again counts as a repeat
 * @param maxOperations names a service may have; further ones are counted as {@code _other}
 * @param maxServices services that are told apart; further ones are counted as {@code _other}
 * @param maxCalls combinations of service, operation, kind and status; beyond, operations are
 *     counted as {@code _other}
 * @param maxPeers databases, queues and external hosts beside one service in the service graph;
 *     further ones are counted as {@code _other}
 * @param maxEdges edges that are told apart; further ones are counted as {@code _other}
 * @param maxPending edges that wait for a half; beyond, the oldest are given up early
 * @param maxRepeats spans that the repeat window remembers; beyond, the oldest are forgotten early
 */
public record DeriveSettings(
    Duration interval,
    Duration pairingTimeout,
    Duration forgetAfter,
    Duration repeatWindow,
    int maxOperations,
    int maxServices,
    int maxCalls,
    int maxPeers,
    int maxEdges,
    int maxPending,
    int maxRepeats) {
  public static final DeriveSettings DEFAULT =
      new DeriveSettings(
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofHours(6),
          Duration.ofMinutes(10),
          500,
          1000,
          20_000,
          100,
          10_000,
          200_000,
          4_000_000);

  /** The same bounds with other times, and other numbers of operations and peers. */
  public DeriveSettings with(
      Duration newInterval, Duration newForgetAfter, int newMaxOperations, int newMaxPeers) {
    return new DeriveSettings(
        newInterval,
        pairingTimeout,
        newForgetAfter,
        repeatWindow,
        newMaxOperations,
        maxServices,
        maxCalls,
        newMaxPeers,
        maxEdges,
        maxPending,
        maxRepeats);
  }

  public DeriveSettings withInterval(Duration value) {
    return with(value, forgetAfter, maxOperations, maxPeers);
  }
}
