package dev.sextant.traceql.naive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.trace.model.MemorySpanSource;
import dev.sextant.trace.model.PlainSpan;
import dev.sextant.trace.model.RandomSpans;
import dev.sextant.trace.model.SpanBatch;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanOracle;
import dev.sextant.trace.model.SpanRequest;
import dev.sextant.trace.model.SpanSource;
import dev.sextant.trace.model.SpanValue;
import dev.sextant.traceql.Cancellation;
import dev.sextant.traceql.FoundTrace;
import dev.sextant.traceql.NamedValue;
import dev.sextant.traceql.QueryLimits;
import dev.sextant.traceql.SearchAnswer;
import dev.sextant.traceql.SearchRequest;
import dev.sextant.traceql.TraceQlEngine;
import dev.sextant.traceql.TraceQlException;
import dev.sextant.traceql.Value;
import dev.sextant.traceql.ast.Attribute;
import dev.sextant.traceql.ast.Intrinsic;
import dev.sextant.traceql.ast.Query;
import dev.sextant.traceql.ast.Reference;
import dev.sextant.traceql.exec.References;
import dev.sextant.traceql.parse.CompileException;
import dev.sextant.traceql.parse.TraceQlParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine finds what reading the language literally finds, on random traces and queries. */
class SearchAgainstNaiveTest {
  private static final long HOUR = 3_600_000_000_000L;
  private static final Set<Reference> NOT_RETURNED =
      Set.of(
          Intrinsic.NAME,
          Intrinsic.DURATION,
          Intrinsic.TRACE_DURATION,
          Intrinsic.ROOT_NAME,
          Intrinsic.ROOT_SERVICE_NAME,
          Intrinsic.TRACE_ID,
          Intrinsic.SPAN_ID);

  private final TraceQlEngine engine = new TraceQlEngine(QueryLimits.DEFAULT);
  private int compared;
  private int found;

  static LongStream seeds() {
    return LongStream.range(0, Boolean.getBoolean("sextant.long") ? 400 : 3);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void search_findsWhatReadingLiterallyFinds(long seed) {
    List<PlainSpan> spans = new RandomSpans(seed, 0, HOUR, true).spans(40);
    SpanOracle oracle = new SpanOracle(spans);
    SpanSource exact = new MemorySpanSource(spans);
    RandomTraceQl queries = new RandomTraceQl(seed);
    for (int i = 0; i < 200; i++) {
      String text = queries.search();
      Query query;
      try {
        query = TraceQlParser.parse(text);
      } catch (CompileException e) {
        continue;
      }
      compare(text, query, oracle, i % 2 == 0 ? exact : new Careless(exact));
    }
    assertThat(compared).isGreaterThan(100);
    assertThat(found).isGreaterThan(100);
  }

  private void compare(String text, Query query, SpanOracle oracle, SpanSource source) {
    List<FoundTrace> wanted = naive(query, oracle);
    compared++;
    found += wanted.size();
    SearchRequest request = SearchRequest.of(query, -HOUR, 3 * HOUR, 1000, 3).withExactTotal(true);
    SearchAnswer answer;
    try {
      answer = engine.search(source, request, Cancellation.NONE);
    } catch (TraceQlException e) {
      throw new AssertionError(text, e);
    }
    assertSame(text, answer.traces(), wanted);
    assertThat(answer.exact()).isTrue();
    assertThat(answer.total()).isEqualTo(wanted.size());
    assertThat(answer.next()).isNull();
    comparePages(text, query, source, wanted);
  }

  private void comparePages(String text, Query query, SpanSource source, List<FoundTrace> wanted) {
    List<FoundTrace> paged = new ArrayList<>();
    SearchRequest request = SearchRequest.of(query, -HOUR, 3 * HOUR, 7, 3);
    SearchAnswer page = engine.search(source, request, Cancellation.NONE);
    while (true) {
      paged.addAll(page.traces());
      assertThat(page.total()).isGreaterThanOrEqualTo(paged.size());
      assertThat(page.total() == wanted.size() || (!page.exact() && page.total() < wanted.size()))
          .isTrue();
      if (page.next() == null) {
        break;
      }
      page = engine.search(source, request.after(page.next()), Cancellation.NONE);
    }
    assertSame(text, paged, wanted);
  }

  private static void assertSame(String text, List<FoundTrace> found, List<FoundTrace> wanted) {
    for (int i = 0; i < Math.min(found.size(), wanted.size()); i++) {
      assertThat(found.get(i)).as(text).isEqualTo(wanted.get(i));
    }
    assertThat(found).as(text).hasSameSizeAs(wanted);
  }

  private static List<FoundTrace> naive(Query query, SpanOracle oracle) {
    NaiveSpansets spansets = new NaiveSpansets(oracle);
    Query.Body.Search search = (Query.Body.Search) query.body();
    Set<Reference> references = References.of(search.pipeline());
    List<FoundTrace> found = new ArrayList<>();
    for (List<Integer> trace : oracle.traces()) {
      List<NaiveSpansets.Spanset> ofTrace = spansets.run(search.pipeline(), trace);
      if (!ofTrace.isEmpty()) {
        found.add(trace(oracle, spansets.fields(), trace, ofTrace, references));
      }
    }
    return found;
  }

  private static FoundTrace trace(
      SpanOracle oracle,
      NaiveFields fields,
      List<Integer> trace,
      List<NaiveSpansets.Spanset> spansets,
      Set<Reference> references) {
    PlainSpan first = oracle.span(trace.getFirst());
    Integer root =
        trace.stream().filter(s -> oracle.parent(s) == SpanBatch.ROOT).findFirst().orElse(null);
    Map<String, FoundTrace.Service> services = new HashMap<>();
    long end = 0;
    for (int span : trace) {
      PlainSpan plain = oracle.span(span);
      end = Math.max(end, plain.startNanos() + plain.durationNanos());
      Value service = fields.reference(Attribute.SERVICE_NAME, span).getFirst();
      services.merge(
          service.equals(Value.NIL) ? "" : service.text(),
          new FoundTrace.Service(1, plain.status() == 2 ? 1 : 0),
          (a, b) -> new FoundTrace.Service(a.spans() + b.spans(), a.errors() + b.errors()));
    }
    String rootService =
        root == null || fields.reference(Attribute.SERVICE_NAME, root).getFirst().equals(Value.NIL)
            ? null
            : fields.reference(Attribute.SERVICE_NAME, root).getFirst().text();
    return new FoundTrace(
        first.traceHigh(),
        first.traceLow(),
        rootService,
        root == null ? null : oracle.span(root).name(),
        first.startNanos(),
        end - first.startNanos(),
        spansets.stream().map(s -> spanset(oracle, fields, s, references)).toList(),
        services);
  }

  private static FoundTrace.Spanset spanset(
      SpanOracle oracle,
      NaiveFields fields,
      NaiveSpansets.Spanset spanset,
      Set<Reference> references) {
    List<FoundTrace.Span> spans = new ArrayList<>();
    for (int span : spanset.spans().stream().limit(3).toList()) {
      PlainSpan plain = oracle.span(span);
      List<NamedValue> attributes = new ArrayList<>();
      for (Reference reference : references) {
        fields.reference(reference, span).stream()
            .filter(value -> !value.equals(Value.NIL))
            .findFirst()
            .map(value -> new NamedValue(key(reference), value))
            .filter(value -> !NOT_RETURNED.contains(reference) && !attributes.contains(value))
            .ifPresent(attributes::add);
      }
      spans.add(
          new FoundTrace.Span(
              plain.spanId(),
              references.contains(Intrinsic.NAME) ? plain.name() : null,
              plain.startNanos(),
              plain.durationNanos(),
              attributes));
    }
    return new FoundTrace.Spanset(spanset.spans().size(), spans, spanset.attributes());
  }

  private static String key(Reference reference) {
    return reference instanceof Attribute attribute ? attribute.name() : reference.text();
  }

  /** Gives everything in the range, whatever is needed, as a source may. */
  private record Careless(SpanSource source) implements SpanSource {
    @Override
    public Inspected read(SpanRequest request, Sink sink) {
      return source.read(
          new SpanRequest(
              request.unit(),
              request.fromNanos(),
              request.toNanos(),
              List.of(),
              request.fields(),
              request.checkpoint()),
          sink);
    }

    @Override
    public List<SpanField.Attribute> attributes(
        long from, long to, Set<SpanField.Scope> scopes, int limit, Runnable checkpoint) {
      return source.attributes(from, to, scopes, limit, checkpoint);
    }

    @Override
    public List<SpanValue> values(
        SpanField field,
        long from,
        long to,
        SpanCondition condition,
        int limit,
        Runnable checkpoint) {
      return source.values(field, from, to, condition, limit, checkpoint);
    }
  }
}
