package dev.sextant.traceql;

import dev.sextant.trace.model.MemorySpanSource;
import dev.sextant.trace.model.PlainSpan;
import dev.sextant.trace.model.SpanSource;
import dev.sextant.trace.model.SpanValue;
import dev.sextant.traceql.parse.TraceQlParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A few traces that tests of single rules ask about. Spans are called by letters.
 *
 * <pre>
 * 1  a shop    server   "GET /"  at 10 s for 100 ms
 *      b shop    client   "cart"   for 50 ms, tags [x, y]
 *        c cart    server   "cart"   for 40 ms, error, code 500, flag, events
 *          d db      internal "query"  for 10 ms, code 200, ratio 0.5
 *      e shop    internal "pay"    for 20 ms, code "500"
 * 2  f cart    server   "job"    at 20 s for 1 s
 *      g cart    internal "step"   for 10 ms, event without type
 *    h shop    internal "late"   its parent is missing
 *      i shop    internal "later"
 * 3  j db      internal "root"   at 30 s
 *      k db      internal "leaf"
 *      l db      internal "leaf"
 *    m db      internal "root"   another root
 * </pre>
 */
final class Shop {
  static final long SECOND = 1_000_000_000L;
  static final long MILLI = 1_000_000L;
  static final List<PlainSpan> SPANS = spans();

  private Shop() {}

  private static List<PlainSpan> spans() {
    List<PlainSpan> spans = new ArrayList<>();
    spans.add(span(1, 'a', ' ', "shop", "GET /", 2, 10_000, 100).build());
    spans.add(
        span(1, 'b', 'a', "shop", "cart", 3, 10_010, 50)
            .attribute("tags", new SpanValue.Array(List.of(SpanValue.of("x"), SpanValue.of("y"))))
            .build());
    spans.add(
        span(1, 'c', 'b', "cart", "cart", 2, 10_020, 40)
            .status(2, "no cart")
            .attribute("code", SpanValue.of(500L))
            .attribute("flag", SpanValue.of(true))
            .resource("zone", SpanValue.of("eu"))
            .event(event("exception", 10_021, Map.of("type", SpanValue.of("IOException"))))
            .event(event("retry", 10_030, Map.of("n", SpanValue.of(2L))))
            .scope("io.http", "1.2")
            .build());
    spans.add(
        span(1, 'd', 'c', "db", "query", 1, 10_030, 10)
            .attribute("code", SpanValue.of(200L))
            .attribute("ratio", SpanValue.of(0.5))
            .attribute("zone", SpanValue.of("us"))
            .build());
    spans.add(
        span(1, 'e', 'a', "shop", "pay", 1, 10_070, 20)
            .attribute("code", SpanValue.of("500"))
            .attribute("flag", SpanValue.of(false))
            .link(new PlainSpan.Link(0, 2, 'f', Map.of()))
            .build());
    spans.add(span(2, 'f', ' ', "cart", "job", 2, 20_000, 1_000).build());
    spans.add(
        span(2, 'g', 'f', "cart", "step", 1, 20_010, 10)
            .event(event("retry", 20_011, Map.of()))
            .build());
    spans.add(span(2, 'h', '?', "shop", "late", 1, 20_020, 10).build());
    spans.add(span(2, 'i', 'h', "shop", "later", 1, 20_021, 10).build());
    spans.add(span(3, 'j', ' ', "db", "root", 1, 30_000, 10).build());
    spans.add(span(3, 'k', 'j', "db", "leaf", 1, 30_001, 3).build());
    spans.add(span(3, 'l', 'j', "db", "leaf", 1, 30_002, 5).build());
    spans.add(span(3, 'm', ' ', "db", "root", 1, 30_003, 10).build());
    return spans;
  }

  private static PlainSpan.Builder span(
      long trace,
      char id,
      char parent,
      String service,
      String name,
      int kind,
      long millis,
      long duration) {
    return PlainSpan.builder(trace, id)
        .parent(parent == ' ' ? 0 : parent)
        .service(service)
        .name(name)
        .kind(kind)
        .time(millis * MILLI, duration * MILLI);
  }

  private static PlainSpan.Event event(
      String name, long millis, Map<String, SpanValue> attributes) {
    return new PlainSpan.Event(name, millis * MILLI, attributes);
  }

  static SpanSource source() {
    return new MemorySpanSource(SPANS);
  }

  static SearchAnswer search(String query) {
    return new TraceQlEngine(QueryLimits.DEFAULT)
        .search(
            source(),
            SearchRequest.of(TraceQlParser.parse(query), 0, 100 * SECOND, 20, 100),
            Cancellation.NONE);
  }

  /**
   * The letters of each spanset's spans, spansets divided by a bar, traces in the order of their
   * ids by a blank.
   */
  static String found(String query) {
    return search(query).traces().reversed().stream()
        .map(trace -> trace.spansets().stream().map(Shop::letters).collect(Collectors.joining("|")))
        .collect(Collectors.joining(" "));
  }

  private static String letters(FoundTrace.Spanset spanset) {
    return spanset.spans().stream()
        .map(span -> String.valueOf((char) span.spanId()))
        .collect(Collectors.joining());
  }
}
