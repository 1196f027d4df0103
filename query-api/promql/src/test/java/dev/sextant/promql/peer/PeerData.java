package dev.sextant.promql.peer;

import dev.sextant.metrics.model.InMemorySeries;
import dev.sextant.metrics.model.InMemorySeriesBuilder;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Series that both engines get: counters with resets, gauges with gaps and stale markers, classic
 * histograms, and series that come and go. No sample stands on a whole second, so none on a step or
 * on the edge of a window, where Prometheus 2 and 3 differ; and no counter is so low beside its
 * growth that extrapolation would be bounded by zero, which 2.42 decides in another order.
 */
final class PeerData {
  /** 2021-01-01 in UTC. */
  static final long START = 1_609_459_200_000L;

  static final long LENGTH = 2 * 3_600_000;

  private record Sample(Labels labels, long millis, double value) {}

  private final List<Sample> samples = new ArrayList<>();
  private final Random random;

  PeerData(long seed) {
    random = new Random(seed);
    for (String job : List.of("api", "web")) {
      for (String code : List.of("200", "404", "500")) {
        for (String host : List.of("a", "b", "c")) {
          counter(Labels.of(Labels.NAME, "requests_total", "job", job, "code", code, "host", host));
        }
      }
    }
    for (String host : List.of("a", "b", "c", "d")) {
      for (String room : List.of("1", "2")) {
        gauge(Labels.of(Labels.NAME, "temperature", "host", host, "room", room), true);
      }
      gauge(Labels.of(Labels.NAME, "capacity", "host", host, "unit", "bytes"), false);
      gauge(Labels.of(Labels.NAME, "load", "host", host), false);
      switches(Labels.of(Labels.NAME, "up", "host", host));
    }
    histogram("api");
    histogram("web");
    samples.sort(Comparator.comparingLong(Sample::millis));
  }

  private long next(long millis) {
    return millis + 15_000 + (random.nextInt(5) == 0 ? random.nextInt(3) * 1_000L : 0);
  }

  /** Between the whole seconds, the same part of one for a whole series. */
  private long firstTime() {
    return START + 1_000L * random.nextInt(15) + 100 + random.nextInt(800);
  }

  private void counter(Labels labels) {
    double value = 1_000_000 + random.nextInt(1_000_000);
    int sinceReset = 0;
    for (long t = firstTime(); t < START + LENGTH; t = next(t)) {
      boolean reset = ++sinceReset > 30 && random.nextInt(100) == 0;
      sinceReset = reset ? 0 : sinceReset;
      value = reset ? 500_000 + random.nextInt(1000) : value + random.nextInt(400) / 4.0;
      if (random.nextInt(40) != 0) {
        samples.add(new Sample(labels, t, value));
      }
    }
  }

  private void gauge(Labels labels, boolean gaps) {
    double value = 20 + random.nextInt(60);
    for (long t = firstTime(); t < START + LENGTH; t = next(t)) {
      value += random.nextGaussian();
      if (gaps && random.nextInt(60) == 0) {
        samples.add(new Sample(labels, t, Double.longBitsToDouble(NativeHistogram.STALE_BITS)));
        t += 15_000L * random.nextInt(60);
      } else {
        samples.add(new Sample(labels, t, value));
      }
    }
  }

  private void switches(Labels labels) {
    int value = 1;
    for (long t = firstTime(); t < START + LENGTH; t = next(t)) {
      value = random.nextInt(20) == 0 ? 1 - value : value;
      samples.add(new Sample(labels, t, value));
    }
  }

  private void histogram(String job) {
    String[] bounds = {"0.1", "0.5", "1", "2.5", "10", "+Inf"};
    double[] counts = {1e6, 2e6, 3e6, 4e6, 5e6, 5.1e6};
    for (long t = firstTime(); t < START + LENGTH; t = next(t)) {
      int below = 0;
      for (int i = 0; i < bounds.length; i++) {
        below += random.nextInt(30);
        counts[i] += below;
        samples.add(
            new Sample(
                Labels.of(Labels.NAME, "latency_seconds_bucket", "job", job, "le", bounds[i]),
                t,
                counts[i]));
      }
    }
  }

  InMemorySeries inMemory() {
    InMemorySeriesBuilder builder = InMemorySeries.builder();
    samples.forEach(sample -> builder.add(sample.labels(), sample.millis(), sample.value()));
    return builder.build();
  }

  /** In order of time over all series, as a head block takes them. */
  void send(RealPrometheus prometheus) throws IOException, InterruptedException {
    for (int from = 0; from < samples.size(); from += 2_000) {
      RemoteWrite request = new RemoteWrite();
      for (Sample sample : samples.subList(from, Math.min(samples.size(), from + 2_000))) {
        request.add(sample.labels(), sample.millis(), sample.value());
      }
      prometheus.write(request);
    }
  }
}
