package dev.sextant.traceql.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.trace.model.MemorySpanSource;
import dev.sextant.trace.model.PlainSpan;
import dev.sextant.trace.model.SpanValue;
import dev.sextant.traceql.QueryLimits;
import dev.sextant.traceql.TraceQlEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceQlScriptTest {
  private static final TraceQlEngine ENGINE = new TraceQlEngine(QueryLimits.DEFAULT);
  private static final String TRACE =
      """
      trace t
        root @web 0s+100ms
          child @db 10ms+20ms .a=1

      """;

  private static List<String> failures(String questions) {
    return TraceQlScript.parse("s", TRACE + questions).run(ENGINE).failures();
  }

  /** The spans that a script tells of before its first question. */
  private static List<PlainSpan> spans(String traces) {
    List<PlainSpan> seen = new ArrayList<>();
    TraceQlScript.parse("s", traces + "\nsearch {}\n  none\n")
        .run(
            ENGINE,
            spans -> {
              if (seen.isEmpty()) {
                seen.addAll(spans);
              }
              return new MemorySpanSource(spans);
            });
    return seen;
  }

  @Test
  void spans_haveAllTheirParts() {
    List<PlainSpan> spans =
        spans(
            """
            # Every part once.
            trace t id=ab at=1s
              "GET /" #get @web 5ms+10ms id=7 kind=server status=error message="no" scope=lib/1.2 .a=1 .b=-2.5 .c=x .d="y z" .e=true .f=[1, two, "3"] .g=other(0aff) ."h i"=1 resource.host=h1 instrumentation.k=v
                event boom 2ms .x=1
                event "at once"
                link t/get .y=2
                link 1/2
                below -1ms+2ms
            """);
    PlainSpan.Builder get =
        PlainSpan.builder(0, 0xab, 7)
            .name("GET /")
            .service("web")
            .resource("host", SpanValue.of("h1"))
            .time(ScriptTime.ZERO_NANOS + 1_005_000_000L, 10_000_000)
            .kind(2)
            .status(2, "no")
            .scope("lib", "1.2")
            .scopeAttribute("k", SpanValue.of("v"))
            .attribute("a", SpanValue.of(1))
            .attribute("b", SpanValue.of(-2.5))
            .attribute("c", SpanValue.of("x"))
            .attribute("d", SpanValue.of("y z"))
            .attribute("e", SpanValue.of(true))
            .attribute(
                "f",
                new SpanValue.Array(
                    List.of(SpanValue.of(1), SpanValue.of("two"), SpanValue.of("3"))))
            .attribute("g", new SpanValue.Other("0aff"))
            .attribute("h i", SpanValue.of(1))
            .event(
                new PlainSpan.Event(
                    "boom", ScriptTime.ZERO_NANOS + 1_007_000_000L, Map.of("x", SpanValue.of(1))))
            .event(new PlainSpan.Event("at once", ScriptTime.ZERO_NANOS + 1_005_000_000L, Map.of()))
            .link(new PlainSpan.Link(0, 0xab, 7, Map.of("y", SpanValue.of(2))))
            .link(new PlainSpan.Link(0, 1, 2, Map.of()));
    PlainSpan.Builder below =
        PlainSpan.builder(0, 0xab, 2)
            .parent(7)
            .name("below")
            .service("web")
            .resource("host", SpanValue.of("h1"))
            .time(ScriptTime.ZERO_NANOS + 999_000_000L, 2_000_000);
    assertThat(spans).containsExactly(get.build(), below.build());
  }

  @Test
  void indentation_makesTheTree() {
    List<PlainSpan> spans =
        spans(
            """
            trace t
              a
                b
                    c
                  d
                ? lost
                e @
              f
            """);
    assertThat(spans)
        .extracting(span -> span.name() + " below " + span.parentId())
        .containsExactly(
            "a below 0",
            "b below 1",
            "c below 2",
            "d below 2",
            "lost below -1",
            "e below 1",
            "f below 0");
  }

  @Test
  void outcomes_tellOfEachQuestion() {
    ScriptResult result =
        TraceQlScript.parse("s", TRACE + "search { .a = 1 }\n  t: child\n\nsearch {}\n  t: child\n")
            .run(ENGINE);
    assertThat(result.cases()).isEqualTo(2);
    assertThat(result.passed()).isEqualTo(1);
    assertThat(result.outcomes().getFirst())
        .isEqualTo(new ScriptResult.Outcome(5, "{ .a = 1 }", 1, List.of()));
    assertThat(result.failures())
        .containsExactly(
            "s:8: {}: expected:\n    t: child\n  but got:\n    t: root (), child ()",
            "s:8: {}: arrived the other way round and twice: expected:\n    t: child\n"
                + "  but got:\n    t: root (), child ()");
  }

  @Test
  void script_runsAnyNumberOfTimes() {
    TraceQlScript script =
        TraceQlScript.parse("s", TRACE + "search { link:spanID = nil }\n  fail ~ cannot be nil\n");
    assertThat(script.run(ENGINE).failures()).isEmpty();
    assertThat(script.run(ENGINE).failures()).isEmpty();
    assertThat(script.queries()).containsExactly("{ link:spanID = nil }");
  }

  @Test
  void clear_beginsAnew() {
    assertThat(failures("clear\n\ntrace t\n  other\n\nsearch {}\n  t: other\n")).isEmpty();
  }

  /** A wrong expectation, and that it is noticed. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "search { .a = 1 }/  none | expected:",
        "search { .a = 1 }/  t: root | expected:",
        "search { .a = 1 }/  u: child | expected:",
        "search { .a = 1 }/  t: child of 2 | expected:",
        "search { .a = 1 }/  t: child (a=2) | expected:",
        "search { .a = 1 }/  t: child () | expected:",
        "search { .a = 1 }/  t: child {count()=1} | expected:",
        "search {} %7C count() > 1/  t: root, child | expected:",
        "search {}/  t: child, root | expected:",
        "search {}/  t: root, child/  total 2 | expected a total of 2 but got 1",
        "search {}/  t: root, child/  total >= 1 | expected a total of >= 1 but got 1",
        "search {}/  fail x | expected the error: x/  but got an answer",
        "search {/  t: root | expected an answer but got the error: parse error",
        "search {/  fail x | expected the error: x/  but got: parse error",
        "search {/  fail ~ x y | expected the error: x y/  but got: parse error",
        "metrics instant to 1s {} %7C rate()/  none | expected:",
        "metrics instant to 1s {} %7C rate()/  {__name__=~rate~} 3 | expected:",
        "metrics instant to 1s {} %7C rate()/  {__name__=~other~} 2 | expected:",
        "metrics instant to 1s {} %7C rate()/  {__name__=~rate~} 2 2 | expected:",
        "metrics instant to 1s {} %7C rate()/  fail x | expected the error: x",
      })
  void wrongExpectations_areNoticed(String question, String failure) {
    List<String> failures =
        failures(
            question
                    .replace("/", "\n")
                    .replace("%7C", "|")
                    .replace("~rate~", "\"rate\"")
                    .replace("~other~", "\"other\"")
                + "\n");
    assertThat(failures).isNotEmpty();
    assertThat(failures.getFirst()).contains(failure.replace("/", "\n"));
  }

  /** A script that cannot be read, with / for line breaks, then the error. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "find {} | s:1: expected trace, search, metrics or clear, but found find",
        "search {} | s:1: nothing is expected of the search; write none where nothing must be found",
        "metrics instant {} | s:1: nothing is expected of the query; write none where there must be no"
            + " series",
        "metrics every {} | s:1: expected range or instant, but found every",
        "trace | s:1: expected a trace's label at the end of: trace",
        "trace t | s:1: trace t has no spans",
        "trace t x | s:1: expected id= or at=, but found x",
        "trace t id=xyz/  a | s:1: expected up to 32 hexadecimal digits, but found xyz",
        "trace t at=soon/  a | s:1: expected a length of time such as 1m30s, but found soon",
        "trace t/  event x | s:2: an event or link stands below no span",
        "trace t/  a 5ms | s:2: expected #LABEL, @SERVICE, START+DURATION or KEY=VALUE, but found 5ms",
        "trace t/  a kind=big | s:2: no kind: big",
        "trace t/  a status=bad | s:2: no status: bad",
        "trace t/  a color=red | s:2: expected id, kind, status, message, scope, .KEY, resource.KEY or"
            + " instrumentation.KEY before =, but found color",
        "trace t/  a .k=5s | s:2: attributes are no lengths of time: 5s",
        "trace t/  a .k=5x | s:2: no value: 5x: parse error at line 1, col 2: syntax error: unexpected"
            + " IDENTIFIER",
        "trace t/  a/    event e k=1 | s:3: expected .KEY=VALUE, but found k=1",
        "search {}/  t root | s:2: expected TRACE: SPAN, …, total, none or fail, but found t root",
        "search {}/  t: a (b) | s:2: expected NAME=VALUE, but found b",
        "metrics instant {}/  x 1 | s:2: expected {LABELS} VALUE…, times, incomplete, none or fail, but"
            + " found x",
        "metrics instant {}/  exemplar 1s 2 {} | s:2: an exemplar stands below no series",
        "trace t/  a//trace t/  b | s:4: trace t was told of before",
        "trace t/  a/  a | s:1: two spans of trace t are called a",
        "trace t/  a/    link b | s:1: expected TRACE/SPAN of spans told of before, or hexadecimal ids,"
            + " but found b",
      })
  void wrongScripts_areRefusedAtTheirLine(String script, String message) {
    assertThatThrownBy(() -> TraceQlScript.parse("s", script.replace("/", "\n")))
        .isInstanceOf(ScriptException.class)
        .hasMessage(message);
  }
}
