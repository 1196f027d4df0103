package dev.sextant.log;

import static dev.sextant.log.LogPayload.attribute;
import static dev.sextant.log.LogPayload.line;
import static dev.sextant.log.LogPayload.of;
import static dev.sextant.log.LogPayload.spanId;
import static dev.sextant.log.LogPayload.traceId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.log.LogFilter.Text;
import dev.sextant.log.LogFilter.TextMatch;
import dev.sextant.storage.TimeRange;
import dev.sextant.storage.UnsupportedPlanException;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Promises about which lines a filter takes, each on its own and combined. */
abstract class LogFilterContract extends LogKeepingContract {
  @Test
  void filter_service() {
    apply(of("shop", line(T0, "a")), of("stock", line(T0 + 1, "b")), of("db", line(T0 + 2, "c")));
    assertThat(found(services("shop"))).containsExactly("a");
    assertThat(found(services("shop", "db"))).containsExactly("c", "a");
    assertThat(found(services("sho"))).isEmpty();
  }

  @Test
  void filter_levelsByNumberElseByText() {
    apply(
        of(
            "shop",
            line(T0, "trace", SeverityNumber.SEVERITY_NUMBER_TRACE),
            line(T0 + 1, "warn", SeverityNumber.SEVERITY_NUMBER_WARN4),
            line(T0 + 2, "severe", SeverityNumber.SEVERITY_NUMBER_UNSPECIFIED)
                .setSeverityText("SEVERE"),
            line(T0 + 3, "unknown", SeverityNumber.SEVERITY_NUMBER_UNSPECIFIED),
            line(T0 + 4, "fatal", SeverityNumber.SEVERITY_NUMBER_FATAL)));
    assertThat(found(levels(Level.WARN))).containsExactly("warn");
    assertThat(found(levels(Level.ERROR, Level.TRACE))).containsExactly("severe", "trace");
    assertThat(found(levels(Level.UNKNOWN))).containsExactly("unknown");
    assertThat(found(levels(Level.DEBUG))).isEmpty();
  }

  @Test
  void filter_timeRangeTakesLinesInside() {
    for (int i = 1; i <= 4; i++) {
      apply(of("shop", line(T0 + i, "line " + i)));
    }
    assertThat(bodies(search(new TimeRange(T0 + 2, T0 + 4), LogFilter.ALL, true, 10)))
        .containsExactly("line 3", "line 2");
    assertThat(search(new TimeRange(T0 + 5, T0 + 9), LogFilter.ALL, true, 10).lines()).isEmpty();
    assertThat(search(new TimeRange(T0 + 2, T0 + 2), LogFilter.ALL, true, 10).lines()).isEmpty();
  }

  @Test
  void filter_wordsAreWholeInOrderWithoutRegardToCase() {
    apply(
        of(
            "shop",
            line(T0, "Connection refused by db-7:5432"),
            line(T0 + 1, "connections refused"),
            line(T0 + 2, "refused connection"),
            line(T0 + 3, "user=ÄRGER connection   refused")));
    assertThat(found(words("connection refused")))
        .containsExactly("user=ÄRGER connection   refused", "Connection refused by db-7:5432");
    assertThat(found(words("REFUSED"))).hasSize(4);
    assertThat(found(words("refuse"))).isEmpty();
    assertThat(found(words("ärger"))).hasSize(1);
    assertThat(found(words("5432"))).hasSize(1);
    assertThat(found(words("db-7"))).hasSize(1);
    assertThat(
            found(
                texts(
                    new Text("refused", TextMatch.WORDS), new Text("connection", TextMatch.WORDS))))
        .hasSize(3);
  }

  @Test
  void filter_wordsLookIntoStructuredBodies() {
    AnyValue body =
        AnyValue.newBuilder()
            .setKvlistValue(KeyValueList.newBuilder().addValues(attribute("event", "checkout")))
            .build();
    apply(of("shop", line(T0, "").setBody(body), line(T0 + 1, "other")));
    assertThat(found(words("checkout"))).containsExactly("{\"event\":\"checkout\"}");
  }

  @Test
  void filter_substringFindsAnyPartWithoutRegardToCaseOrIsRefused() {
    if (!store.capabilities().substring()) {
      substringIsRefused();
      return;
    }
    apply(of("shop", line(T0, "Connection refused"), line(T0 + 1, "retry in 350ms (req-8f3a)")));
    assertThat(found(substring("NECTION REF"))).containsExactly("Connection refused");
    assertThat(found(substring("50ms (r"))).containsExactly("retry in 350ms (req-8f3a)");
    assertThat(found(substring("q-8F"))).containsExactly("retry in 350ms (req-8f3a)");
    assertThat(found(substring("refused!"))).isEmpty();
  }

  private void substringIsRefused() {
    LogFilter filter = substring("nection");
    assertThatThrownBy(() -> found(filter)).isInstanceOf(UnsupportedPlanException.class);
    assertThatThrownBy(
            () -> store.query(new LogPlan.Histogram(TENANT, TimeRange.ALL, filter, SECOND)))
        .isInstanceOf(UnsupportedPlanException.class);
  }

  @Test
  void filter_traceAndSpan() {
    apply(
        of(
            "shop",
            line(T0, "a").setTraceId(traceId(1)).setSpanId(spanId(11)),
            line(T0 + 1, "b").setTraceId(traceId(1)).setSpanId(spanId(12)),
            line(T0 + 2, "c").setTraceId(traceId(2)).setSpanId(spanId(11)),
            line(T0 + 3, "d")));
    assertThat(found(trace(1, 0))).containsExactly("b", "a");
    assertThat(found(trace(1, 11))).containsExactly("a");
    assertThat(found(trace(3, 0))).isEmpty();
    assertThat(found(new LogFilter(Set.of(), Set.of(), List.of(), null, 11, List.of())))
        .containsExactly("c", "a");
  }

  @Test
  void filter_fieldOfTheLineElseOfItsResource() {
    apply(
        of(
            List.of(attribute("service.name", "shop"), attribute("zone", "a")),
            line(T0, "1"),
            line(T0 + 1, "2").addAttributes(attribute("zone", "b")),
            line(T0 + 2, "3").addAttributes(attribute("status", 200))));
    assertThat(found(fields(is("zone", "a")))).containsExactly("3", "1");
    assertThat(found(fields(is("zone", "b")))).containsExactly("2");
    assertThat(found(fields(is("status", "200")))).containsExactly("3");
    assertThat(found(fields(is("zone", "a"), is("status", "200")))).containsExactly("3");
    assertThat(found(fields(is("nothing", "")))).isEmpty();
  }

  @Test
  void filter_negatedFieldTakesLinesThatDifferOrLackIt() {
    apply(
        of(
            "shop",
            line(T0, "1").addAttributes(attribute("k", "a")),
            line(T0 + 1, "2").addAttributes(attribute("k", "b")),
            line(T0 + 2, "3")));
    assertThat(found(fields(isNot("k", "a")))).containsExactly("3", "2");
    assertThat(found(fields(isNot("k", "a"), isNot("k", "b")))).containsExactly("3");
    assertThat(found(fields(isNot("k", "a"), is("k", "b")))).containsExactly("2");
  }

  @Test
  void filter_allPartsMustHold() {
    apply(
        of(
            "shop",
            line(T0, "payment failed", SeverityNumber.SEVERITY_NUMBER_ERROR),
            line(T0 + 1, "payment done"),
            line(T0 + 2, "checkout failed", SeverityNumber.SEVERITY_NUMBER_ERROR)),
        of("stock", line(T0 + 3, "payment failed", SeverityNumber.SEVERITY_NUMBER_ERROR)));
    LogFilter filter =
        new LogFilter(
            Set.of("shop"),
            Set.of(Level.ERROR),
            List.of(new Text("payment", TextMatch.WORDS)),
            null,
            0,
            List.of());
    assertThat(lines(filter)).extracting(LogLine::row).containsExactly(0L);
  }
}
