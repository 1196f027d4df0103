package dev.sextant.api.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds what is wrong with a service by its figures and those of the range before. Fixed bounds
 * keep noise out: errors count from 1 %, durations from 100 ms.
 */
final class Problems {
  private static final double ERRORS_WARN = 0.01;
  private static final double ERRORS_CRITICAL = 0.05;
  private static final double SLOW_FACTOR = 3;
  private static final double SLOW_SECONDS = 0.1;

  private Problems() {}

  static List<Problem> find(Red now, Red before, Sparkline errors, Sparkline p95) {
    List<Problem> problems = new ArrayList<>();
    if (now.errorShare() >= ERRORS_WARN) {
      problems.add(errors(now, before, errors));
    }
    if (before.p95() > 0 && now.p95() >= SLOW_SECONDS && now.p95() >= SLOW_FACTOR * before.p95()) {
      String text =
          String.format(Locale.ROOT, "p95 %.0f× the range before", now.p95() / before.p95());
      problems.add(new Problem(false, text, since(p95, SLOW_FACTOR * before.p95())));
    }
    return problems;
  }

  private static Problem errors(Red now, Red before, Sparkline errors) {
    boolean critical = now.errorShare() >= ERRORS_CRITICAL;
    double factor = now.errorShare() / before.errorShare();
    String text =
        before.errorShare() > 0 && factor >= 2
            ? String.format(Locale.ROOT, "Errors %.0f× the range before", factor)
            : String.format(Locale.ROOT, "Errors %.1f %%", now.errorShare() * 100);
    return new Problem(critical, text, since(errors, ERRORS_WARN));
  }

  /** When the line first reached a bound; 0 where it never did. */
  private static long since(Sparkline line, double bound) {
    long since = 0;
    double[] values = line.values();
    for (int i = 0; i < values.length; i++) {
      if (values[i] >= bound && since == 0) {
        since = line.startMillis() + i * line.stepMillis();
      }
    }
    return since;
  }

  static Health health(List<Problem> problems, Red red) {
    if (Double.isNaN(red.rate())) {
      return Health.NODATA;
    }
    if (problems.stream().anyMatch(Problem::critical)) {
      return Health.CRITICAL;
    }
    return problems.isEmpty() ? Health.HEALTHY : Health.WARNING;
  }
}
