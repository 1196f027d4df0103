package dev.sextant.collector.scrape;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.RequestOptions;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import dev.sextant.collector.http.BoundedBody;
import dev.sextant.collector.scrape.ScrapeConfig.Credentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Fetches expositions over HTTP. Redirects are followed on the same host only. */
final class ScrapeClient implements AutoCloseable {
  static final String BODY_SETTING = "body_size_limit";

  /** Where the configuration sets no bound of its own. */
  private static final long DEFAULT_BODY_LIMIT = 64L << 20;

  private final BoundedBody bodies;
  private final ClientFactory factory = ClientFactory.builder().build();
  private final WebClient direct =
      WebClient.builder().factory(factory).maxResponseLength(0).build();
  private final WebClient following =
      WebClient.builder().factory(factory).maxResponseLength(0).followRedirects().build();

  ScrapeClient(BoundedBody bodies) {
    this.bodies = bodies;
  }

  /** The stage fails where no answer came: refused, timed out, broken off. */
  CompletionStage<BoundedBody.Fetched> fetch(Target target) {
    ScrapeConfig config = target.config();
    // HTTP/2 with prior knowledge would greet servers that speak HTTP/1 only with what they refuse.
    String url =
        target.url().startsWith("http:") ? "h1c" + target.url().substring(4) : target.url();
    RequestHeadersBuilder headers =
        RequestHeaders.builder(HttpMethod.GET, url)
            .set("accept", config.accept())
            .set("user-agent", "Sextant")
            .set(
                "x-prometheus-scrape-timeout-seconds",
                Double.toString(target.timeout().toMillis() / 1000.0));
    if (config.compression()) {
      headers.set("accept-encoding", "gzip");
    }
    try {
      authorize(config.credentials(), headers);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
    RequestOptions options = RequestOptions.builder().responseTimeout(target.timeout()).build();
    WebClient client = config.followRedirects() ? following : direct;
    long limit = config.limits().bodyBytes();
    return bodies.fetch(
        client.execute(HttpRequest.of(headers.build()), options),
        limit == 0 ? DEFAULT_BODY_LIMIT : limit,
        BODY_SETTING);
  }

  private static void authorize(Credentials credentials, RequestHeadersBuilder headers)
      throws IOException {
    if (credentials.type().isEmpty()) {
      return;
    }
    String secret = credentials.secret();
    if (secret.isEmpty() && Files.isRegularFile(credentials.file())) {
      secret = Files.readString(credentials.file()).strip();
    } else if (secret.isEmpty() && !Files.isDirectory(credentials.file())) {
      throw new IOException("the secret's file " + credentials.file() + " is not there");
    }
    if (credentials.type().equals("Basic")) {
      secret =
          Base64.getEncoder()
              .encodeToString((credentials.user() + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }
    headers.set("authorization", credentials.type() + " " + secret);
  }

  @Override
  public void close() {
    factory.close();
  }
}
