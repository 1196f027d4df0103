package dev.sextant.collector.scrape;

import com.linecorp.armeria.common.HttpStatus;
import dev.sextant.collector.exposition.Dialect;
import dev.sextant.collector.exposition.ExpositionException;
import dev.sextant.collector.exposition.ExpositionParser;
import dev.sextant.collector.http.BoundedBody;
import dev.sextant.collector.receive.EventWindow;
import dev.sextant.collector.receive.Tenants;
import dev.sextant.metrics.MetricsBatch;
import dev.sextant.metrics.MetricsBatchBuilder;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.storage.Sink;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One target's scrapes, one at a time. Each writes one batch: the samples, stale markers for series
 * that were there before and are not now, and the five samples of the scrape itself.
 */
final class TargetScrape {
  private static final Logger LOG = LoggerFactory.getLogger(TargetScrape.class);
  private static final double STALE = Double.longBitsToDouble(NativeHistogram.STALE_BITS);

  private final Target target;
  private final ScrapeClient client;
  private final Sink<MetricsBatch> sink;
  private final EventWindow window;
  private final InstantSource clock;
  private final Executor worker;
  private Set<Labels> series = Set.of();
  private boolean ended;
  private volatile Targets.Status status;

  /** What a scrape came to. */
  private record Result(
      MetricsBatchBuilder batch, @Nullable ScrapedSamples samples, String error, int scraped) {}

  TargetScrape(
      Target target,
      ScrapeClient client,
      Sink<MetricsBatch> sink,
      EventWindow window,
      InstantSource clock,
      Executor worker) {
    this.target = target;
    this.client = client;
    this.sink = sink;
    this.window = window;
    this.clock = clock;
    this.worker = worker;
    this.status = status(Targets.Health.UNKNOWN, "", 0, 0);
  }

  Target target() {
    return target;
  }

  Targets.Status status() {
    return status;
  }

  /** Scrapes once; the stage always completes normally, when the batch was written or refused. */
  CompletionStage<Void> scrape() {
    long start = clock.millis();
    return client
        .fetch(target)
        .handleAsync((fetched, failure) -> result(fetched, failure, start), worker)
        .thenCompose(result -> write(result, start))
        .exceptionally(
            failure -> {
              LOG.error("the scrape of {} failed by a defect", target.url(), failure);
              status = status(Targets.Health.DOWN, reason(failure), start, 0);
              return null;
            });
  }

  private Result result(
      BoundedBody.@Nullable Fetched fetched, @Nullable Throwable failure, long start) {
    MetricsBatchBuilder batch = new MetricsBatchBuilder(Tenants.DEFAULT);
    if (fetched == null) {
      return new Result(batch, null, reason(failure), 0);
    }
    HttpStatus answered = fetched.headers().status();
    if (!answered.equals(HttpStatus.OK)) {
      return new Result(batch, null, "the target answered HTTP status " + answered, 0);
    }
    return switch (fetched) {
      case BoundedBody.Fetched.Refused refused ->
          new Result(batch, null, refused.why().toString(), 0);
      case BoundedBody.Fetched.Whole whole -> parse(whole, batch, start);
    };
  }

  private Result parse(BoundedBody.Fetched.Whole whole, MetricsBatchBuilder batch, long start) {
    Dialect dialect = Dialect.of(String.valueOf(whole.headers().get("content-type")));
    ScrapedSamples samples = new ScrapedSamples(target, dialect, start, window, batch);
    ByteBuffer body = whole.body();
    try {
      ExpositionParser.parse(body, dialect, samples);
      return new Result(batch, samples, "", samples.scraped());
    } catch (ExpositionException e) {
      return new Result(
          new MetricsBatchBuilder(Tenants.DEFAULT),
          null,
          String.valueOf(e.getMessage()),
          samples.scraped());
    }
  }

  private static String reason(@Nullable Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause == null ? "no answer" : cause.toString();
  }

  private synchronized CompletionStage<Void> write(Result result, long start) {
    if (ended) {
      return CompletableFuture.completedFuture(null);
    }
    double seconds = Math.max(0, clock.millis() - start) / 1000.0;
    Set<Labels> now = result.samples() == null ? Set.of() : result.samples().series();
    int added = 0;
    for (Labels each : now) {
      added += series.contains(each) ? 0 : 1;
    }
    markStale(result.batch(), now, start);
    boolean up = result.samples() != null;
    int kept = result.samples() == null ? 0 : result.samples().kept();
    report(result.batch(), start, up ? 1 : 0, seconds, result.scraped(), kept, added);
    String error = result.error();
    if (result.samples() != null && result.samples().outside() > 0) {
      LOG.warn(
          "{} samples of {} lie outside of the times accepted, {}",
          result.samples().outside(),
          target.url(),
          window.text());
    }
    status = status(up ? Targets.Health.UP : Targets.Health.DOWN, error, start, seconds);
    return sink.write(result.batch().build())
        .handle(
            (written, failure) -> {
              taken(written, failure, now);
              return null;
            });
  }

  private synchronized void taken(
      Sink.@Nullable Written written, @Nullable Throwable failure, Set<Labels> now) {
    if (written instanceof Sink.Written.Accepted) {
      series = now;
    } else {
      LOG.warn(
          "a scrape of {} was not taken: {}",
          target.url(),
          failure == null ? written : failure.toString());
    }
  }

  private void markStale(MetricsBatchBuilder batch, Set<Labels> now, long time) {
    Labels group = target.storeTarget();
    for (Labels each : series) {
      if (!now.contains(each)) {
        batch.add(group, each, time, STALE);
      }
    }
  }

  private void report(
      MetricsBatchBuilder batch,
      long time,
      double up,
      double seconds,
      double scraped,
      double kept,
      double added) {
    own(batch, "up", time, up);
    own(batch, "scrape_duration_seconds", time, seconds);
    own(batch, "scrape_samples_scraped", time, scraped);
    own(batch, "scrape_samples_post_metric_relabeling", time, kept);
    own(batch, "scrape_series_added", time, added);
  }

  private void own(MetricsBatchBuilder batch, String name, long time, double value) {
    batch.add(target.storeTarget(), target.labels().with(Labels.NAME, name), time, value);
  }

  /** The target is gone: all of its series end, those of the scrape itself too. */
  synchronized CompletionStage<Void> end() {
    ended = true;
    if (status.lastScrapeMillis() == 0) {
      return CompletableFuture.completedFuture(null);
    }
    long now = Math.max(clock.millis(), status.lastScrapeMillis() + 1);
    MetricsBatchBuilder batch = new MetricsBatchBuilder(Tenants.DEFAULT);
    markStale(batch, Set.of(), now);
    report(batch, now, STALE, STALE, STALE, STALE, STALE);
    return sink.write(batch.build()).handle((written, failure) -> null);
  }

  private Targets.Status status(
      Targets.Health health, String error, long startMillis, double seconds) {
    return new Targets.Status(
        target.config().job(),
        target.url(),
        target.labels(),
        target.discovered(),
        health,
        error,
        startMillis,
        seconds,
        target.interval().toMillis(),
        target.timeout().toMillis());
  }
}
