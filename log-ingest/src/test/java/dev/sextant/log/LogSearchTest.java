package dev.sextant.log;

import static dev.sextant.log.LogPayload.attribute;
import static dev.sextant.log.LogPayload.line;
import static dev.sextant.log.LogPayload.of;
import static dev.sextant.log.LogPayload.traceId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.log.LogFilter.FieldEquals;
import dev.sextant.log.LogFilter.Text;
import dev.sextant.log.LogFilter.TextMatch;
import dev.sextant.storage.Position;
import dev.sextant.storage.TimeRange;
import dev.sextant.storage.block.BlockSettings;
import dev.sextant.storage.otlp.TraceId;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random lines in blocks of every state, asked at random and compared with a plain walk over all of
 * them.
 */
class LogSearchTest {
  private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");
  private static final long T0 = NOW.toEpochMilli() * 1_000_000;
  private static final long SECOND = 1_000_000_000L;
  private static final String[] PARTS = {
    "connection",
    "Connection",
    "refused",
    "time",
    "timeout",
    "time2live",
    "id=8f3ac2",
    "42",
    "1.5ms",
    "ΟΔΟΣ",
    "ΟΔΟΣΑ",
    "straße",
    "连接超时",
    "连接",
    "db-7:5432",
    "a",
    "İstanbul",
    "naïve",
    "e\u0301",
    "x".repeat(70),
    "y".repeat(70) + "7",
    "/api/v1/orders",
    "GET",
    "user_name",
    "!!!",
    "  "
  };

  @TempDir Path root;
  private EmbeddedLogStore store;
  private final List<LogLine> all = new ArrayList<>();

  @BeforeEach
  void fill() {
    BlockSettings blocks =
        BlockSettings.DEFAULT.withBlocks(16, 1 << 20, Duration.ofDays(1)).withoutBackground();
    store =
        EmbeddedLogStore.open(
            root, LogStoreSettings.DEFAULT.withBlocks(blocks), InstantSource.fixed(NOW));
    Random random = new Random(5);
    for (int i = 0; i < 60; i++) {
      LogRecord.Builder[] lines = new LogRecord.Builder[1 + random.nextInt(12)];
      for (int l = 0; l < lines.length; l++) {
        lines[l] = randomLine(random);
      }
      LogBatch batch = LogPayload.batch("default", of("service-" + random.nextInt(3), lines));
      long stamp = NOW.plus(Duration.ofDays(i / 25)).toEpochMilli() + i;
      LogCursor cursor = new LogCursor(batch.payload(), stamp * 1_000_000);
      long row = all.size();
      while (cursor.next()) {
        all.add(cursor.decode(row + cursor.index()));
      }
      store.apply(batch, new Position(row, stamp));
      if (i % 20 == 19) {
        store.commit();
        store.maintain();
      }
    }
  }

  private static LogRecord.Builder randomLine(Random random) {
    LogRecord.Builder line =
        line(
            T0 + random.nextLong(600 * SECOND),
            text(random, 6),
            SeverityNumber.forNumber(random.nextInt(25)));
    if (random.nextInt(3) == 0) {
      line.setTraceId(traceId(random.nextInt(5)));
    }
    if (random.nextInt(3) == 0) {
      line.addAttributes(attribute("code", random.nextInt(3)));
    }
    return line;
  }

  private static String text(Random random, int parts) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(parts); i >= 0; i--) {
      text.append(PARTS[random.nextInt(PARTS.length)]).append(random.nextInt(4) == 0 ? "" : " ");
    }
    return text.toString();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void search_findsWhatAPlainWalkFinds() {
    Random random = new Random(1);
    for (int i = 0; i < 250; i++) {
      LogFilter filter = filter(random);
      TimeRange range = range(random);
      boolean newestFirst = random.nextBoolean();
      List<LogLine> expected = new ArrayList<>(expected(filter, range));
      expected.sort(Comparator.comparingLong(LogLine::timeNanos).thenComparingLong(LogLine::row));
      if (newestFirst) {
        Collections.reverse(expected);
      }
      List<LogLine> found = new ArrayList<>();
      String token = null;
      do {
        LogPlan.LogPage page =
            store.query(new LogPlan.Search("default", range, filter, newestFirst, 25, token));
        found.addAll(page.lines());
        assertThat(page.total()).as("%s in %s", filter, range).isEqualTo(expected.size());
        assertThat(page.totalExact()).isTrue();
        token = page.nextPageToken();
      } while (token != null);
      assertThat(found).as("%s in %s", filter, range).isEqualTo(expected);
    }
  }

  @Test
  void histogram_countsWhatAPlainWalkCounts() {
    Random random = new Random(2);
    for (int i = 0; i < 150; i++) {
      LogFilter filter = random.nextBoolean() ? levels(random) : filter(random);
      TimeRange range = range(random);
      long width =
          new long[] {SECOND, 60 * SECOND, 300 * SECOND, 7 * SECOND, 3600 * SECOND}
              [random.nextInt(5)];
      TreeMap<Long, List<Long>> expected = new TreeMap<>();
      for (LogLine line : expected(filter, range)) {
        List<Long> levels =
            expected.computeIfAbsent(
                line.timeNanos() / width * width, b -> new ArrayList<>(Collections.nCopies(7, 0L)));
        levels.set(line.level().ordinal(), levels.get(line.level().ordinal()) + 1);
      }
      TreeMap<Long, List<Long>> found = new TreeMap<>();
      store
          .query(new LogPlan.Histogram("default", range, filter, width))
          .buckets()
          .forEach(
              (start, counts) ->
                  found.put(start, java.util.Arrays.stream(counts).boxed().toList()));
      assertThat(found).isEqualTo(expected);
    }
  }

  @Test
  void fieldValues_countWhatAPlainWalkCounts() {
    Random random = new Random(3);
    for (int i = 0; i < 60; i++) {
      LogFilter filter = filter(random);
      TimeRange range = range(random);
      for (String field : List.of("code", "level", "service.name")) {
        Map<String, Long> expected = new HashMap<>();
        for (LogLine line : expected(filter, range)) {
          String value =
              switch (field) {
                case "level" -> line.level().name().toLowerCase(Locale.ROOT);
                case "service.name" -> line.service();
                default -> line.attributes().text("code");
              };
          if (!value.isEmpty()) {
            expected.merge(value, 1L, Long::sum);
          }
        }
        Map<String, Long> found = new HashMap<>();
        store
            .query(new LogPlan.FieldValues("default", range, filter, field, 100))
            .forEach(each -> found.put(each.value(), each.lines()));
        assertThat(found).isEqualTo(expected);
      }
    }
  }

  @Test
  void pageToken_ofAnotherSearchIsRefused() {
    LogPlan.LogPage page =
        store.query(new LogPlan.Search("default", TimeRange.ALL, LogFilter.ALL, true, 3, null));
    assertThatThrownBy(
            () ->
                store.query(
                    new LogPlan.Search(
                        "default", TimeRange.ALL, LogFilter.ALL, false, 3, page.nextPageToken())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("another search");
    assertThatThrownBy(
            () ->
                store.query(
                    new LogPlan.Search("default", TimeRange.ALL, LogFilter.ALL, true, 3, "%")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a page token: '%'");
  }

  @Test
  void histogram_ofTooManyBucketsIsRefused() {
    store.close();
    store =
        EmbeddedLogStore.open(
            root,
            new LogStoreSettings(BlockSettings.DEFAULT.withoutBackground(), 10, 20),
            InstantSource.fixed(NOW));
    assertThatThrownBy(
            () ->
                store.query(new LogPlan.Histogram("default", TimeRange.ALL, LogFilter.ALL, SECOND)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("max-buckets (20)");
  }

  private List<LogLine> expected(LogFilter filter, TimeRange range) {
    return all.stream()
        .filter(line -> range.contains(line.timeNanos()) && holds(filter, line))
        .toList();
  }

  private static boolean holds(LogFilter filter, LogLine line) {
    return (filter.services().isEmpty() || filter.services().contains(line.service()))
        && (filter.levels().isEmpty() || filter.levels().contains(line.level()))
        && (filter.traceId() == null || filter.traceId().equals(line.traceId()))
        && filter.fields().stream()
            .allMatch(
                f ->
                    (line.attributes().get(f.field()) != null
                            && line.attributes().text(f.field()).equals(f.value()))
                        != f.negated())
        && filter.texts().stream().allMatch(text -> holds(text, Words.fold(line.body().asText())));
  }

  private static boolean holds(Text text, String body) {
    String wanted = Words.fold(text.text());
    List<String> words = Words.list(wanted);
    return text.match() == TextMatch.SUBSTRING || words.isEmpty()
        ? body.contains(wanted)
        : Collections.indexOfSubList(Words.list(body), words) >= 0;
  }

  private static TimeRange range(Random random) {
    if (random.nextBoolean()) {
      return TimeRange.ALL;
    }
    long from = T0 + random.nextLong(600 * SECOND);
    return new TimeRange(from, from + random.nextLong(600 * SECOND));
  }

  private static LogFilter levels(Random random) {
    Set<Level> levels = random.nextBoolean() ? Set.of() : Set.of(Level.values()[random.nextInt(7)]);
    Set<String> services = random.nextBoolean() ? Set.of() : Set.of("service-" + random.nextInt(4));
    return new LogFilter(services, levels, List.of(), null, 0, List.of());
  }

  private LogFilter filter(Random random) {
    LogFilter base = levels(random);
    List<Text> texts = new ArrayList<>();
    if (random.nextInt(4) > 0) {
      String text = text(random, 2);
      if (random.nextBoolean()) {
        String body = all.get(random.nextInt(all.size())).body().asText();
        int from = random.nextInt(body.length());
        text = body.substring(from, Math.min(body.length(), from + 1 + random.nextInt(14)));
      }
      texts.add(new Text(text, random.nextBoolean() ? TextMatch.SUBSTRING : TextMatch.WORDS));
    }
    List<FieldEquals> fields =
        random.nextInt(4) > 0
            ? List.of()
            : List.of(new FieldEquals("code", "" + random.nextInt(4), random.nextBoolean()));
    TraceId trace = random.nextInt(5) > 0 ? null : new TraceId(0, random.nextInt(6));
    return new LogFilter(base.services(), base.levels(), texts, trace, 0, fields);
  }
}
