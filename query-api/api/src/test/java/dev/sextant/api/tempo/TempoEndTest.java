package dev.sextant.api.tempo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import dev.sextant.api.TestApi;
import dev.sextant.api.access.Role;
import dev.sextant.storage.UnsupportedPlanException;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanRequest;
import dev.sextant.trace.model.SpanSource;
import dev.sextant.trace.model.SpanValue;
import dev.sextant.traceql.TraceQlException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How questions end that are called off, not allowed or cannot be answered. */
class TempoEndTest {
  private static final String METRICS = "?q=%7B%7D%7Crate%28%29";

  @TempDir Path dir;

  /** Reads until it is called off. */
  private static final class EndlessSource implements SpanSource {
    final CountDownLatch begun = new CountDownLatch(1);
    final CompletableFuture<Throwable> ended = new CompletableFuture<>();

    private <T> T read(Runnable checkpoint) {
      begun.countDown();
      try {
        while (true) {
          checkpoint.run();
        }
      } catch (RuntimeException e) {
        ended.complete(e);
        throw e;
      }
    }

    @Override
    public Inspected read(SpanRequest request, Sink sink) {
      return read(request.checkpoint());
    }

    @Override
    public List<SpanField.Attribute> attributes(
        long from, long to, Set<SpanField.Scope> scopes, int limit, Runnable checkpoint) {
      return read(checkpoint);
    }

    @Override
    public List<SpanValue> values(
        SpanField field,
        long from,
        long to,
        SpanCondition condition,
        int limit,
        Runnable checkpoint) {
      return read(checkpoint);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/search",
        "/v2/search/tags",
        "/search/tags",
        "/v2/search/tag/name/values",
        "/metrics/query_range" + METRICS,
        "/metrics/query" + METRICS
      })
  void clientThatLeaves_callsItsQuestionOff(String path) throws Exception {
    EndlessSource source = new EndlessSource();
    try (TestApi api = new TestApi(dir, new TestApi.Options().spans(tenant -> source))) {
      leave(api.port(), "/tempo/api" + path, source.begun);

      assertThat(source.ended.get(30, TimeUnit.SECONDS))
          .isInstanceOf(TraceQlException.Canceled.class);
    }
  }

  /** Asks, waits until the answer is being worked on, and closes the connection. */
  private static void leave(int port, String path, CountDownLatch begun)
      throws IOException, InterruptedException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket
          .getOutputStream()
          .write(
              "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .formatted(path)
                  .getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/search",
        "/v2/search/tags",
        "/search/tags",
        "/search/tag/x/values",
        "/v2/search/tag/name/values",
        "/metrics/query_range" + METRICS,
        "/metrics/query" + METRICS
      })
  void storeThatCannot_saysSo(String path) {
    TestApi.Options options =
        new TestApi.Options()
            .spans(
                tenant -> {
                  throw new UnsupportedPlanException("this store cannot read columns");
                });
    try (TestApi api = new TestApi(dir, options)) {
      AggregatedHttpResponse answer = api.raw("/tempo/api" + path);

      assertThat(answer.status().code()).isEqualTo(422);
      assertThat(answer.contentUtf8()).isEqualTo("this store cannot read columns");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/search",
        "/search/tags",
        "/v2/search/tags",
        "/search/tag/x/values",
        "/v2/search/tag/name/values",
        "/traces/1",
        "/v2/traces/1",
        "/v2/traces/1?q=%7B%7D",
        "/metrics/query_range" + METRICS,
        "/metrics/query" + METRICS,
        "/echo",
        "/status/buildinfo"
      })
  void principalWithoutTheRole_isRefusedByTheFacade(String path) {
    try (TestApi api = new TestApi(dir, new TestApi.Options().role(Role.INGEST))) {
      AggregatedHttpResponse answer = api.raw("/tempo/api" + path);

      assertThat(answer.status().code()).isEqualTo(403);
      assertThat(answer.contentUtf8()).isEqualTo("test needs the role viewer");
    }
  }

  @Test
  void server_thatCloses_callsQuestionsOff() throws Exception {
    EndlessSource source = new EndlessSource();
    TestApi api = new TestApi(dir, new TestApi.Options().spans(tenant -> source));
    CompletableFuture<Throwable> asked =
        CompletableFuture.supplyAsync(() -> catchThrowable(() -> api.raw("/tempo/api/search")));
    assertThat(source.begun.await(30, TimeUnit.SECONDS)).isTrue();
    api.close();

    assertThat(source.ended.get(30, TimeUnit.SECONDS))
        .isInstanceOf(TraceQlException.Canceled.class);
    asked.get(30, TimeUnit.SECONDS);
  }
}
