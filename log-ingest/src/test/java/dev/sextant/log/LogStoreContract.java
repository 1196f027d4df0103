package dev.sextant.log;

import static dev.sextant.log.LogPayload.attribute;
import static dev.sextant.log.LogPayload.line;
import static dev.sextant.log.LogPayload.of;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.log.LogPlan.LogHistogram;
import dev.sextant.log.LogPlan.LogPage;
import dev.sextant.log.LogPlan.ValueCount;
import dev.sextant.storage.TimeRange;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * What every log store promises. An implementation's test extends it and says how its store is
 * opened.
 */
public abstract class LogStoreContract extends LogFilterContract {
  @Test
  void search_ordersByTimeBothWaysAndByRowWithinOneMoment() {
    apply(of("shop", line(T0 + 5, "1"), line(T0 + 3, "2")), of("stock", line(T0 + 5, "3")));
    apply(of("shop", line(T0 + 4, "4"), line(T0 + 5, "5")));
    assertThat(bodies(search(TimeRange.ALL, LogFilter.ALL, true, 10)))
        .containsExactly("5", "3", "1", "4", "2");
    assertThat(bodies(search(TimeRange.ALL, LogFilter.ALL, false, 10)))
        .containsExactly("2", "4", "1", "3", "5");
    assertThat(bodies(search(TimeRange.ALL, LogFilter.ALL, true, 2))).containsExactly("5", "3");
  }

  @Test
  void search_pagesThroughEverythingWithoutLossOrRepeat() {
    for (int i = 0; i < 12; i++) {
      apply(of("shop", line(T0, "same"), line(T0 + i, "moving")), of("stock", line(T0, "same")));
    }
    List<Long> newest = lines(LogFilter.ALL).stream().map(LogLine::row).toList();
    assertThat(newest).hasSize(36).doesNotHaveDuplicates();
    for (int limit : new int[] {1, 7, 36, 50}) {
      assertThat(rowsByPages(LogFilter.ALL, true, limit)).isEqualTo(newest);
      assertThat(rowsByPages(LogFilter.ALL, false, limit)).isEqualTo(newest.reversed());
    }
    assertThat(rowsByPages(services("stock"), true, 5))
        .isEqualTo(LongStream.range(0, 12).map(i -> 35 - 3 * i).boxed().toList());
    assertThat(rowsByPages(services("nobody"), true, 5)).isEmpty();
  }

  @Test
  void search_pagesStayInPlaceWhileNewLinesArrive() {
    for (int i = 0; i < 6; i++) {
      apply(of("shop", line(T0 + i, "line " + i)));
    }
    LogPage first = search(TimeRange.ALL, LogFilter.ALL, true, 3);
    apply(of("shop", line(T0 + 100, "new")));
    LogPage second =
        store.query(
            new LogPlan.Search(
                TENANT, TimeRange.ALL, LogFilter.ALL, true, 3, first.nextPageToken()));
    assertThat(bodies(first)).containsExactly("line 5", "line 4", "line 3");
    assertThat(bodies(second)).containsExactly("line 2", "line 1", "line 0");
  }

  @Test
  void search_totalIsHonest() {
    for (int i = 0; i < 7; i++) {
      apply(of("shop", line(T0 + i, "line")), of("stock", line(T0 + i, "line")));
    }
    LogPage page = search(TimeRange.ALL, services("shop"), true, 3);
    assertThat(page.total()).isBetween(3L, 7L);
    if (page.totalExact() || store.capabilities().exactTotals()) {
      assertThat(page.totalExact()).isTrue();
      assertThat(page.total()).isEqualTo(7);
    }
    assertThat(search(TimeRange.ALL, services("none"), true, 3).total()).isZero();
  }

  @Test
  void histogram_countsLevelsByBucketSinceTheEpoch() {
    apply(
        of(
            "shop",
            line(T0 - 1, "before"),
            line(T0, "first"),
            line(T0 + 60 * SECOND - 1, "last", SeverityNumber.SEVERITY_NUMBER_ERROR),
            line(T0 + 60 * SECOND, "next", SeverityNumber.SEVERITY_NUMBER_ERROR),
            line(T0 + 300 * SECOND, "later", SeverityNumber.SEVERITY_NUMBER_UNSPECIFIED)),
        of("stock", line(T0, "other", SeverityNumber.SEVERITY_NUMBER_WARN)));
    LogHistogram all = histogram(TimeRange.ALL, LogFilter.ALL);
    assertThat(all.bucketNanos()).isEqualTo(60 * SECOND);
    assertThat(all.buckets().keySet())
        .containsExactly(T0 - 60 * SECOND, T0, T0 + 60 * SECOND, T0 + 300 * SECOND);
    assertThat(all.buckets().get(T0)).containsExactly(0, 0, 0, 1, 1, 1, 0);
    assertThat(all.buckets().get(T0 + 60 * SECOND)).containsExactly(0, 0, 0, 0, 0, 1, 0);
    assertThat(all.buckets().get(T0 + 300 * SECOND)).containsExactly(1, 0, 0, 0, 0, 0, 0);
    LogHistogram some = histogram(new TimeRange(T0 + 1, T0 + 60 * SECOND + 1), services("shop"));
    assertThat(some.buckets().keySet()).containsExactly(T0, T0 + 60 * SECOND);
    assertThat(some.buckets().get(T0)).containsExactly(0, 0, 0, 0, 0, 1, 0);
    assertThat(histogram(TimeRange.ALL, services("nobody")).buckets()).isEmpty();
  }

  private LogHistogram histogram(TimeRange range, LogFilter filter) {
    return store.query(new LogPlan.Histogram(TENANT, range, filter, 60 * SECOND));
  }

  @Test
  void fieldValues_areCountedMostFrequentFirst() {
    apply(
        of(
            List.of(attribute("service.name", "shop"), attribute("zone", "a")),
            line(T0, "1"),
            line(T0 + 1, "2", SeverityNumber.SEVERITY_NUMBER_ERROR),
            line(T0 + 2, "3")
                .addAttributes(attribute("zone", "b"))
                .addAttributes(attribute("n", 7))),
        of("stock", line(T0 + 3, "4")));
    assertThat(values("service.name", 10))
        .containsExactly(new ValueCount("shop", 3), new ValueCount("stock", 1));
    assertThat(values("service.name", 1)).containsExactly(new ValueCount("shop", 3));
    assertThat(values("level", 10))
        .containsExactly(new ValueCount("info", 3), new ValueCount("error", 1));
    assertThat(values("zone", 10)).containsExactly(new ValueCount("a", 2), new ValueCount("b", 1));
    assertThat(values("n", 10)).containsExactly(new ValueCount("7", 1));
    assertThat(values("nothing", 10)).isEmpty();
    assertThat(
            store.query(
                new LogPlan.FieldValues(
                    TENANT, new TimeRange(T0, T0 + 2), levels(Level.INFO), "service.name", 10)))
        .containsExactly(new ValueCount("shop", 1));
  }

  private List<ValueCount> values(String field, int limit) {
    return store.query(new LogPlan.FieldValues(TENANT, TimeRange.ALL, LogFilter.ALL, field, limit));
  }

  @Test
  void queriesWhileApplyingSeeEveryAppliedLine() {
    AtomicInteger applied = new AtomicInteger();
    CompletableFuture<List<String>> reader =
        CompletableFuture.supplyAsync(
            () -> {
              List<String> missed = new ArrayList<>();
              int seen = 0;
              while (seen < 30) {
                int floor = applied.get();
                seen = found(LogFilter.ALL).size();
                if (seen < floor) {
                  missed.add("of " + floor + " applied lines " + seen);
                  return missed;
                }
              }
              return missed;
            });
    for (int i = 1; i <= 30; i++) {
      apply(of("shop", line(T0 + i, "line " + i)));
      applied.set(i);
    }
    assertThat(reader.join()).isEmpty();
  }
}
