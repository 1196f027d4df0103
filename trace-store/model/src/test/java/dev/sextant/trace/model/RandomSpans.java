package dev.sextant.trace.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Traces by seed, with everything that makes spans awkward: keys of several types, lists, events
 * and links, missing roots, broken and circular parents, ids that a client and a server share,
 * spans sent again, late pieces, skewed clocks. The few keys and values come again and again, so
 * that questions about them find something.
 */
public final class RandomSpans {
  private static final long SECOND = 1_000_000_000L;
  private static final String[] SERVICES = {"shop", "cart", "payment", "größe", "shop-db"};
  private static final String[] NAMES = {"GET /", "GET /cart", "query", "pay", "größe 𝄞", "GET"};
  private static final String[] METHODS = {"GET", "POST", "PUT", "get", ""};
  private static final String[] MESSAGES = {"timeout", "line\nbreak", "refused"};
  private static final String[] EXCEPTIONS = {"IOException", "NullPointerException"};

  private final Random random;
  private final long fromNanos;
  private final long lengthNanos;
  private final boolean changing;

  /**
   * @param fromNanos traces start at or after this, all but clocks that are wrong by a second
   * @param lengthNanos and before this much later
   * @param changing whether some spans that are sent again say something else
   */
  public RandomSpans(long seed, long fromNanos, long lengthNanos, boolean changing) {
    random = new Random(seed);
    this.fromNanos = fromNanos;
    this.lengthNanos = lengthNanos;
    this.changing = changing;
  }

  /** Spans in pieces as they arrive; those of one trace may lie in several. */
  public List<List<PlainSpan>> pieces(int traces) {
    List<List<PlainSpan>> pieces = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      pieces.add(new ArrayList<>());
    }
    List<PlainSpan> earlier = new ArrayList<>();
    for (int i = 0; i < traces; i++) {
      List<PlainSpan> trace = trace(i);
      int first = random.nextInt(pieces.size());
      boolean whole = random.nextInt(3) > 0;
      for (PlainSpan span : trace) {
        pieces.get(whole ? first : random.nextInt(pieces.size())).add(span);
      }
      earlier.addAll(trace);
    }
    for (int i = 0; i < traces / 4; i++) {
      PlainSpan again = earlier.get(random.nextInt(earlier.size()));
      pieces.getLast().add(changing && random.nextBoolean() ? changed(again) : again);
    }
    return pieces;
  }

  /** The pieces joined, as they arrive. */
  public List<PlainSpan> spans(int traces) {
    return pieces(traces).stream().flatMap(List::stream).toList();
  }

  private PlainSpan changed(PlainSpan span) {
    return PlainSpan.builder(span.traceHigh(), span.traceLow(), span.spanId())
        .kind(span.kind())
        .name("sent again")
        .time(span.startNanos() + 1, span.durationNanos() + 1)
        .build();
  }

  private List<PlainSpan> trace(int number) {
    long high = random.nextInt(3) == 0 ? 0 : random.nextLong();
    long low = random.nextInt(8) == 0 ? number + 1 : random.nextLong();
    long start = fromNanos + Math.floorMod(random.nextLong(), lengthNanos);
    int count = random.nextInt(6) == 0 ? 1 + random.nextInt(60) : 1 + random.nextInt(8);
    long[] ids = random.longs(count).map(id -> id == 0 ? 1 : id).toArray();
    List<PlainSpan> spans = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long parent = i == 0 ? 0 : ids[parent(i)];
      int kind = random.nextInt(6);
      long id = ids[i];
      if (i > 0 && random.nextInt(12) == 0 && !hasServer(spans, parent)) {
        id = parent;
        kind = TraceRows.SERVER;
        parent = spans.get(spans.size() - 1).parentId();
      }
      start += random.nextInt(4) == 0 ? 0 : random.nextInt(100_000_000);
      long skewed = random.nextInt(20) == 0 ? start - random.nextInt((int) SECOND) : start;
      spans.add(span(PlainSpan.builder(high, low, id).parent(parent).kind(kind), skewed));
    }
    if (random.nextInt(6) == 0) {
      spans.removeFirst();
    }
    return spans;
  }

  private static boolean hasServer(List<PlainSpan> spans, long id) {
    return spans.stream().anyMatch(span -> span.spanId() == id && span.kind() == TraceRows.SERVER);
  }

  /** Mostly a span shortly before; sometimes the root, a later one or itself. */
  private int parent(int span) {
    return switch (random.nextInt(12)) {
      case 0 -> 0;
      case 1 -> span;
      case 2 -> Math.max(0, span - random.nextInt(span + 1));
      default -> Math.max(0, span - 1 - random.nextInt(3));
    };
  }

  private PlainSpan span(PlainSpan.Builder span, long start) {
    long duration = random.nextInt(5) == 0 ? 0 : random.nextLong(2 * SECOND);
    if (random.nextInt(30) == 0) {
      duration = random.nextLong(3600 * SECOND);
    }
    span.name(pick(NAMES)).time(start, duration);
    int status = random.nextInt(3);
    span.status(status, status == 2 && random.nextBoolean() ? pick(MESSAGES) : null);
    if (random.nextInt(10) > 0) {
      span.service(pick(SERVICES));
    }
    if (random.nextInt(3) > 0) {
      span.scope(random.nextBoolean() ? "io.http" : "jdbc", random.nextBoolean() ? "1.2" : null);
    }
    attributes(5).forEach(span::attribute);
    attributes(15).forEach(span::resource);
    attributes(40).forEach(span::scopeAttribute);
    for (int i = random.nextInt(8) - 4; i > 0; i--) {
      long time = start + random.nextInt(1000) - 200;
      Map<String, SpanValue> attributes = attributes(12);
      if (random.nextBoolean()) {
        attributes.put("exception.type", SpanValue.of(pick(EXCEPTIONS)));
      }
      String name = random.nextBoolean() ? "exception" : "retry";
      span.event(new PlainSpan.Event(name, time, attributes));
    }
    for (int i = random.nextInt(8) - 5; i > 0; i--) {
      span.link(
          new PlainSpan.Link(
              random.nextInt(2), 1 + random.nextInt(5), 1 + random.nextInt(9), attributes(12)));
    }
    return span.build();
  }

  /**
   * @param rarity about one of how many attributes there is
   */
  private Map<String, SpanValue> attributes(int rarity) {
    Map<String, SpanValue> attributes = new HashMap<>();
    for (String key : List.of("http.method", "code", "ratio", "flag", "mixed", "list", "größe")) {
      if (random.nextInt(rarity) < 2) {
        attributes.put(key, value(key));
      }
    }
    return attributes;
  }

  private SpanValue value(String key) {
    return switch (key) {
      case "http.method" -> SpanValue.of(pick(METHODS));
      case "code" -> SpanValue.of(200L + 100 * random.nextInt(4));
      case "ratio" -> SpanValue.of(random.nextInt(9) / 4.0);
      case "flag" -> SpanValue.of(random.nextBoolean());
      case "list" -> list();
      default -> scalar();
    };
  }

  private SpanValue list() {
    List<SpanValue> values = new ArrayList<>();
    boolean mixed = random.nextInt(4) == 0;
    for (int i = random.nextInt(4); i > 0; i--) {
      values.add(mixed ? scalar() : SpanValue.of(pick(METHODS)));
    }
    return new SpanValue.Array(values);
  }

  private SpanValue scalar() {
    return switch (random.nextInt(6)) {
      case 0 -> SpanValue.of(pick(METHODS));
      case 1 -> SpanValue.of((long) random.nextInt(5));
      case 2 -> SpanValue.of(random.nextInt(9) / 2.0);
      case 3 -> SpanValue.of(random.nextBoolean());
      case 4 -> SpanValue.of(random.nextBoolean() ? Long.MAX_VALUE : (1L << 53) + 1);
      default -> SpanValue.of(random.nextBoolean() ? 0x1p53 : -1e300);
    };
  }

  private String pick(String[] from) {
    return from[random.nextInt(from.length)];
  }
}
