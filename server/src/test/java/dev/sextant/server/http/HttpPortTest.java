package dev.sextant.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.UnprocessedRequestException;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.Route;
import dev.sextant.api.http.ErrorFormat;
import dev.sextant.server.access.Authenticator;
import dev.sextant.server.access.Authoriser;
import dev.sextant.server.access.HostCheck;
import dev.sextant.server.access.SignedIdentity;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a port ends. */
class HttpPortTest {
  private final CompletableFuture<Void> asked = new CompletableFuture<>();
  private final CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
  private final HttpPort port = open();
  private final ClientFactory factory = ClientFactory.builder().build();
  private final WebClient client =
      WebClient.builder("h2c://127.0.0.1:" + number()).factory(factory).build();

  private HttpPort open() {
    Clock clock = Clock.systemUTC();
    Guards guards =
        new Guards(
            new Authoriser(new Authenticator(null, new SignedIdentity(clock))),
            new HostCheck("127.0.0.1", List.of()),
            new RefusedRequests(clock));
    GuardedRoute slow =
        new GuardedRoute(
            Route.builder().exact("/slow").build(),
            null,
            (ctx, request) -> {
              asked.complete(null);
              return HttpResponse.of(answer);
            });
    ServedPort served =
        new ServedPort(
            Map.of("http", 0),
            List.of(slow),
            HttpPort.notFound(ErrorFormat::of),
            ErrorFormat::of,
            1000);
    return HttpPort.open("127.0.0.1", served, guards);
  }

  private int number() {
    return port.ports().get("http");
  }

  @AfterEach
  void stop() {
    answer.complete(HttpResponse.of(HttpStatus.OK));
    port.close();
    factory.close();
  }

  @Test
  void close_waitsForWhatRuns_andSendsNewRequestsAway() throws Exception {
    CompletableFuture<AggregatedHttpResponse> running = client.get("/slow").aggregate();
    asked.join();
    CompletableFuture<Void> closed = CompletableFuture.runAsync(port::close);
    AggregatedHttpResponse refused = client.get("/other").aggregate().join();
    while (refused.status() != HttpStatus.SERVICE_UNAVAILABLE) {
      refused = client.get("/other").aggregate().join();
    }

    assertThat(refused.headers().get("retry-after")).isEqualTo("1");
    assertThat(refused.contentUtf8()).isEqualTo("Sextant is shutting down.\n");
    assertThat(closed).isNotDone();
    answer.complete(HttpResponse.of(HttpStatus.OK, MediaType.PLAIN_TEXT_UTF_8, "whole"));
    assertThat(running.join().contentUtf8()).isEqualTo("whole");
    closed.join();
    try (ServerSocket again = new ServerSocket(number(), 1, InetAddress.getLoopbackAddress())) {
      assertThat(again.isBound()).isTrue();
    }
  }

  @Test
  void closed_takesNoConnections() {
    port.close();
    assertThatThrownBy(() -> client.get("/slow").aggregate().join())
        .hasCauseInstanceOf(UnprocessedRequestException.class);
  }
}
