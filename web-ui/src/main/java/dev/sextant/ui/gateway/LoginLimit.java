package dev.sextant.ui.gateway;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Ten wrong tokens within a minute and an address waits for the next. Safe for many threads. */
final class LoginLimit {
  private static final int ATTEMPTS = 10;
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MAX_ADDRESSES = 10_000;

  private record Failures(long sinceMillis, int count) {}

  private final Clock clock;
  private final Map<String, Failures> byAddress =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
          return size() > MAX_ADDRESSES;
        }
      };

  LoginLimit(Clock clock) {
    this.clock = clock;
  }

  synchronized boolean allows(String address) {
    Failures failures = byAddress.get(address);
    return failures == null || failures.count() < ATTEMPTS || isOver(failures);
  }

  synchronized void failed(String address) {
    byAddress.merge(
        address,
        new Failures(clock.millis(), 1),
        (old, first) -> isOver(old) ? first : new Failures(old.sinceMillis(), old.count() + 1));
  }

  synchronized void succeeded(String address) {
    byAddress.remove(address);
  }

  private boolean isOver(Failures failures) {
    return clock.millis() - failures.sinceMillis() >= WINDOW.toMillis();
  }
}
