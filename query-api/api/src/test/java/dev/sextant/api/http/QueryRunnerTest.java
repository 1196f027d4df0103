package dev.sextant.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.Server;
import dev.sextant.api.access.Access;
import dev.sextant.api.access.AccessDeniedException;
import dev.sextant.api.access.CurrentAccess;
import dev.sextant.api.access.CurrentCancellation;
import dev.sextant.api.access.Principal;
import dev.sextant.api.access.Role;
import dev.sextant.promql.PromException;
import dev.sextant.storage.StoreException;
import dev.sextant.storage.UnsupportedPlanException;
import dev.sextant.traceql.TraceQlException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class QueryRunnerTest {
  private static final Access VIEWER =
      new Access(new Principal("test", Set.of(Role.VIEWER)), Access.DEFAULT_TENANT);

  private QueryRunner runner =
      new QueryRunner(() -> Instant.EPOCH, new QueryQueue(1, 0, Duration.ZERO));
  private final CountDownLatch entered = new CountDownLatch(1);
  private Server server;

  @AfterEach
  void close() {
    runner.close();
    var unused = server.stop(); // Netty takes two seconds, which nothing here waits for
  }

  private WebClient serve(ErrorFormat errors, QueryRunner.Handler handler) {
    server =
        Server.builder()
            .service(
                "/query",
                runner
                    .service(errors, handler)
                    .decorate(
                        (delegate, ctx, request) -> {
                          CurrentAccess.set(ctx, VIEWER);
                          return delegate.serve(ctx, request);
                        }))
            .service("/unguarded", runner.service(errors, handler))
            .gracefulShutdownTimeoutMillis(0, 0)
            .build();
    server.start().join();
    return WebClient.of("http://127.0.0.1:" + server.activeLocalPort());
  }

  private static AggregatedHttpResponse ask(WebClient client) {
    return client.get("/query").aggregate().join();
  }

  private static JsonNode json(AggregatedHttpResponse answer) throws IOException {
    return JsonMapper.builder().build().readTree(answer.contentUtf8());
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(ApiException.notFound("x"), 404, "not_found", "x"),
        Arguments.of(new AccessDeniedException("x"), 403, "forbidden", "x"),
        Arguments.of(new UnsupportedPlanException("x"), 422, "unsupported", "x"),
        Arguments.of(new StoreException("x"), 503, "unavailable", "x"),
        Arguments.of(new PromException.BadData("x"), 400, "bad_data", "x"),
        Arguments.of(new PromException.Execution("x"), 422, "execution", "x"),
        Arguments.of(new PromException.Timeout("x"), 503, "timeout", "x"),
        Arguments.of(new PromException.Canceled("x"), 499, "canceled", "x"),
        Arguments.of(new TraceQlException.BadData("x"), 400, "bad_request", "x"),
        Arguments.of(new TraceQlException.Execution("x"), 422, "execution", "x"),
        Arguments.of(new TraceQlException.LimitExceeded("x"), 422, "limit_exceeded", "x"),
        Arguments.of(new TraceQlException.Timeout("x"), 503, "timeout", "x"),
        Arguments.of(new TraceQlException.Canceled("x"), 499, "canceled", "x"),
        Arguments.of(
            new IllegalStateException("secret"),
            500,
            "internal",
            "this is a defect in Sextant; its log says more"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void handle_failure_hasItsStatusAndCode(
      RuntimeException failure, int status, String code, String message) throws IOException {
    var answer =
        ask(
            serve(
                ErrorFormat.SEXTANT,
                (access, params) -> {
                  throw failure;
                }));

    assertThat(answer.status().code()).isEqualTo(status);
    assertThat(json(answer).at("/error/code").asText()).isEqualTo(code);
    assertThat(json(answer).at("/error/message").asText()).isEqualTo(message);
  }

  @Test
  void handle_failureInTemposFormat_isTheMessageAlone() {
    AggregatedHttpResponse answer =
        ask(
            serve(
                ErrorFormat.TEMPO,
                (access, params) -> {
                  throw new TraceQlException.Execution("division by zero");
                }));

    assertThat(answer.status().code()).isEqualTo(422);
    assertThat(answer.contentUtf8()).isEqualTo("division by zero");
    assertThat(answer.contentType().toString()).isEqualTo("text/plain; charset=utf-8");
  }

  @Test
  void handle_failure_inPrometheusFormat() throws IOException {
    var answer =
        ask(
            serve(
                ErrorFormat.PROMETHEUS,
                (access, params) -> {
                  throw ApiException.badRequest("x");
                }));

    assertThat(json(answer).toString())
        .isEqualTo("{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"x\"}");
  }

  @Test
  void handle_withoutAuthoriser_isForbidden() {
    WebClient client = serve(ErrorFormat.SEXTANT, (access, params) -> HttpResponse.of(200));

    assertThat(client.get("/unguarded").aggregate().join().status().code()).isEqualTo(403);
  }

  @Test
  void handle_beyondMaxConcurrent_is429NamingTheSetting() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    WebClient client =
        serve(
            ErrorFormat.SEXTANT,
            (access, params) -> {
              entered.countDown();
              answered.await();
              return HttpResponse.of(200);
            });
    var running = client.get("/query").aggregate();
    entered.await();

    var refused = ask(client);
    assertThat(refused.status().code()).isEqualTo(429);
    assertThat(json(refused).at("/error/message").asText())
        .isEqualTo(
            "1 queries run and 0 wait already; try again soon or raise query.max-concurrent or"
                + " query.max-queued");

    answered.countDown();
    assertThat(running.join().status().code()).isEqualTo(200);
    assertThat(ask(client).status().code()).isEqualTo(200);
  }

  private void runWith(QueryQueue queue) {
    runner.close();
    runner = new QueryRunner(() -> Instant.EPOCH, queue);
  }

  @Test
  void handle_beyondMaxConcurrent_waitsForItsTurn() throws Exception {
    runWith(new QueryQueue(1, 1, Duration.ofMinutes(5)));
    CountDownLatch answered = new CountDownLatch(1);
    WebClient client =
        serve(
            ErrorFormat.SEXTANT,
            (access, params) -> {
              entered.countDown();
              answered.await();
              return HttpResponse.of(200);
            });
    var running = client.get("/query").aggregate();
    entered.await();
    var waiting = client.get("/query").aggregate();
    answered.countDown();

    assertThat(running.join().status().code()).isEqualTo(200);
    assertThat(waiting.join().status().code()).isEqualTo(200);
  }

  @Test
  void handle_thatWaitedForTooLong_is503NamingTheSetting() throws Exception {
    runWith(new QueryQueue(1, 1, Duration.ZERO));
    CountDownLatch answered = new CountDownLatch(1);
    WebClient client =
        serve(
            ErrorFormat.PROMETHEUS,
            (access, params) -> {
              entered.countDown();
              answered.await();
              return HttpResponse.of(200);
            });
    var running = client.get("/query").aggregate();
    entered.await();

    var refused = ask(client);
    assertThat(refused.status().code()).isEqualTo(503);
    assertThat(json(refused).path("errorType").asText()).isEqualTo("timeout");
    assertThat(json(refused).path("error").asText())
        .startsWith("query timed out in query queue")
        .contains("query.max-queue-wait");

    answered.countDown();
    assertThat(running.join().status().code()).isEqualTo(200);
  }

  /** Runs until it is called off, and says so. */
  private QueryRunner.Handler untilCanceled(CompletableFuture<Void> canceled) {
    return (access, params) -> {
      entered.countDown();
      var asked = CurrentCancellation.current();
      while (!asked.getAsBoolean()) {
        Thread.onSpinWait();
      }
      canceled.complete(null);
      throw new PromException.Canceled("called off");
    };
  }

  @Test
  void handle_clientGone_callsTheQueryOff() throws Exception {
    CompletableFuture<Void> canceled = new CompletableFuture<>();
    serve(ErrorFormat.SEXTANT, untilCanceled(canceled));
    try (Socket socket = new Socket("127.0.0.1", server.activeLocalPort())) {
      String request = "GET /query HTTP/1.1\r\nHost: localhost\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      entered.await();
    }

    canceled.join();
  }

  @Test
  void handle_http2StreamReset_callsTheQueryOff() throws Exception {
    CompletableFuture<Void> canceled = new CompletableFuture<>();
    serve(ErrorFormat.SEXTANT, untilCanceled(canceled));
    HttpResponse response =
        WebClient.of("h2c://127.0.0.1:" + server.activeLocalPort()).get("/query");
    var answer = response.aggregate();
    entered.await();
    response.abort();

    canceled.join();
    assertThat(answer).isCompletedExceptionally();
  }

  @Test
  void handle_http2ConnectionGone_callsTheQueryOff() throws Exception {
    CompletableFuture<Void> canceled = new CompletableFuture<>();
    serve(ErrorFormat.SEXTANT, untilCanceled(canceled));
    try (ClientFactory factory = ClientFactory.builder().build()) {
      var unused =
          WebClient.builder("h2c://127.0.0.1:" + server.activeLocalPort())
              .factory(factory)
              .build()
              .get("/query")
              .aggregate();
      entered.await();
    }

    canceled.join();
  }

  @Test
  void close_callsRunningQueriesOff() throws Exception {
    CompletableFuture<Void> canceled = new CompletableFuture<>();
    WebClient client = serve(ErrorFormat.SEXTANT, untilCanceled(canceled));
    var answer = client.get("/query").aggregate();
    entered.await();
    runner.close();

    canceled.join();
    assertThat(answer.join().status().code()).isEqualTo(499);
  }

  @Test
  void current_outsideOfARequest_isNeverCanceled() {
    server = Server.builder().service("/", (ctx, request) -> HttpResponse.of(200)).build();

    assertThat(CurrentCancellation.current().getAsBoolean()).isFalse();
  }
}
