package dev.sextant.collector.scrape;

import dev.sextant.collector.http.BoundedBody;
import dev.sextant.collector.receive.EventWindow;
import dev.sextant.metrics.MetricsBatch;
import dev.sextant.storage.Sink;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scrapes targets at their intervals. Each target's scrapes lie at a fixed offset of its interval,
 * chosen by the hash of the target, so that load is spread and stays where it was over a restart. A
 * scrape that is still running when the next is due lets that one fall out.
 */
public final class Scraper implements Targets, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Scraper.class);
  private static final int WORKERS = 2;
  private static final long POLL_MILLIS = 50;

  private final List<Discovery> discoveries;
  private final ScrapeClient client;
  private final Sink<MetricsBatch> sink;
  private final EventWindow window;
  private final InstantSource clock;
  private final ExecutorService workers =
      Executors.newFixedThreadPool(
          WORKERS, Thread.ofPlatform().daemon().name("sextant-scrape-", 0).factory());
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("sextant-scrape-timer").factory());
  private final Map<Target.Key, Scheduled> scheduled = new LinkedHashMap<>();
  private List<Discovery.Found> discovered = List.of();
  private List<Targets.Dropped> droppedTargets = List.of();

  /** A target with the time of its next scrape. */
  private static final class Scheduled {
    final TargetScrape scrape;
    long dueMillis;
    boolean running;

    Scheduled(TargetScrape scrape, long dueMillis) {
      this.scrape = scrape;
      this.dueMillis = dueMillis;
    }
  }

  public Scraper(
      List<ScrapeConfig> configs,
      BoundedBody bodies,
      Sink<MetricsBatch> sink,
      EventWindow window,
      InstantSource clock) {
    this.discoveries = configs.stream().map(Discovery::new).toList();
    this.client = new ScrapeClient(bodies);
    this.sink = sink;
    this.window = window;
    this.clock = clock;
  }

  /** Begins to scrape, on threads of its own. */
  public void start() {
    timer.scheduleWithFixedDelay(this::turn, 0, POLL_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void turn() {
    try {
      CompletableFuture<Void> unused = runDue();
    } catch (RuntimeException e) {
      LOG.error("scraping failed; the next turn goes on", e);
    }
  }

  /**
   * Looks for targets, and scrapes those that are due by the clock.
   *
   * @return completes when all scrapes that this call began are written or refused
   */
  synchronized CompletableFuture<Void> runDue() {
    long now = clock.millis();
    discover(now);
    List<CompletionStage<Void>> begun = new ArrayList<>();
    for (Scheduled each : scheduled.values()) {
      if (now < each.dueMillis) {
        continue;
      }
      each.dueMillis = due(each.scrape.target(), now + 1);
      if (!each.running) {
        each.running = true;
        begun.add(each.scrape.scrape().whenComplete((done, failure) -> finished(each)));
      }
    }
    return CompletableFuture.allOf(
        begun.stream()
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture<?>[]::new));
  }

  private synchronized void finished(Scheduled each) {
    each.running = false;
  }

  /** The first time of a target's own raster that is not before {@code fromMillis}. */
  private static long due(Target target, long fromMillis) {
    long interval = target.interval().toMillis();
    long offset = Math.floorMod((long) target.key().hashCode() * 0x9e3779b97f4a7c15L, interval);
    return Math.ceilDiv(fromMillis - offset, interval) * interval + offset;
  }

  private void discover(long now) {
    List<Discovery.Found> all = discoveries.stream().map(each -> each.find(now)).toList();
    if (all.equals(discovered)) {
      return;
    }
    discovered = all;
    Set<Target.Key> found = new HashSet<>();
    List<Targets.Dropped> allDropped = new ArrayList<>();
    for (Discovery.Found targets : all) {
      allDropped.addAll(targets.dropped());
      for (Target target : targets.targets()) {
        found.add(target.key());
        if (!scheduled.containsKey(target.key())) {
          TargetScrape scrape = new TargetScrape(target, client, sink, window, clock, workers);
          scheduled.put(target.key(), new Scheduled(scrape, due(target, now)));
        }
      }
    }
    droppedTargets = allDropped;
    scheduled
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !found.contains(entry.getKey());
              if (gone) {
                CompletionStage<Void> unused = entry.getValue().scrape.end();
              }
              return gone;
            });
  }

  @Override
  public synchronized List<Targets.Status> active() {
    return scheduled.values().stream()
        .map(each -> each.scrape.status())
        .sorted(Comparator.comparing(Targets.Status::pool).thenComparing(Targets.Status::url))
        .toList();
  }

  @Override
  public synchronized List<Targets.Dropped> dropped() {
    return List.copyOf(droppedTargets);
  }

  /** Ends without stale markers: the targets are still there, and so may we be soon again. */
  @Override
  public void close() {
    timer.shutdownNow();
    workers.shutdown();
    client.close();
  }
}
