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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How questions end that are called off, not allowed or cannot be answered. */
class TempoEndTest {
  /** The questions that read columns of spans. */
  private static final List<String> OVER_COLUMNS =
      List.of(
          "/search",
          "/search/tags",
          "/v2/search/tags",
          "/search/tag/x/values",
          "/v2/search/tag/name/values",
          "/metrics/query_range?q=%7B%7D%7Crate%28%29",
          "/metrics/query?q=%7B%7D%7Crate%28%29");

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

  @Test
  void clientThatLeaves_callsItsQuestionOff() throws Exception {
    AtomicReference<EndlessSource> source = new AtomicReference<>();
    try (TestApi api = new TestApi(dir, new TestApi.Options().spans(tenant -> source.get()))) {
      for (String path : OVER_COLUMNS) {
        EndlessSource endless = new EndlessSource();
        source.set(endless);
        leave(api.port(), "/tempo/api" + path, endless.begun);

        assertThat(endless.ended.get(30, TimeUnit.SECONDS))
            .as(path)
            .isInstanceOf(TraceQlException.Canceled.class);
      }
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

  @Test
  void storeThatCannot_saysSo() {
    TestApi.Options options =
        new TestApi.Options()
            .spans(
                tenant -> {
                  throw new UnsupportedPlanException("this store cannot read columns");
                });
    try (TestApi api = new TestApi(dir, options)) {
      for (String path : OVER_COLUMNS) {
        AggregatedHttpResponse answer = api.raw("/tempo/api" + path);

        assertThat(answer.contentUtf8()).as(path).isEqualTo("this store cannot read columns");
        assertThat(answer.status().code()).as(path).isEqualTo(422);
      }
    }
  }

  @Test
  void principalWithoutTheRole_isRefusedByTheFacade() {
    List<String> paths = new ArrayList<>(OVER_COLUMNS);
    paths.addAll(
        List.of(
            "/traces/1", "/v2/traces/1", "/v2/traces/1?q=%7B%7D", "/echo", "/status/buildinfo"));
    try (TestApi api = new TestApi(dir, new TestApi.Options().role(Role.INGEST))) {
      for (String path : paths) {
        AggregatedHttpResponse answer = api.raw("/tempo/api" + path);

        assertThat(answer.contentUtf8()).as(path).isEqualTo("test needs the role viewer");
        assertThat(answer.status().code()).as(path).isEqualTo(403);
      }
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
