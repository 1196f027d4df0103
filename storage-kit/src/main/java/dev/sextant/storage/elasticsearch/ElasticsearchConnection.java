package dev.sextant.storage.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.json.jackson.JacksonJsonpMapper;
import co.elastic.clients.transport.rest_client.RestClientTransport;
import dev.sextant.storage.StoreException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.http.Header;
import org.apache.http.HttpHost;
import org.apache.http.message.BasicHeader;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.RestClient;
import org.elasticsearch.client.RestClientBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A client of one cluster, whose failures are {@link StoreException}s that name the cluster's
 * addresses and never its credentials. Thread-safe.
 */
public final class ElasticsearchConnection implements AutoCloseable {
  private static final int MESSAGE = 600;

  private final ElasticsearchSettings settings;
  private final RestClientTransport transport;
  private final ElasticsearchClient client;

  /** Connects to nothing yet; each request does. */
  public ElasticsearchConnection(ElasticsearchSettings settings) {
    this.settings = settings;
    RestClientBuilder builder =
        RestClient.builder(
                settings.urls().stream()
                    .map(ElasticsearchConnection::host)
                    .toArray(HttpHost[]::new))
            .setRequestConfigCallback(
                config ->
                    config
                        .setConnectTimeout((int) settings.connectTimeout().toMillis())
                        .setSocketTimeout((int) settings.requestTimeout().toMillis()))
            .setCompressionEnabled(false);
    if (!settings.username().isEmpty() || !settings.apiKey().isEmpty()) {
      builder.setDefaultHeaders(new Header[] {authorization(settings)});
    }
    String path = settings.urls().getFirst().getPath();
    if (path != null && path.length() > 1) {
      builder.setPathPrefix(path);
    }
    this.transport = new RestClientTransport(builder.build(), new JacksonJsonpMapper());
    this.client = new ElasticsearchClient(transport);
  }

  private static HttpHost host(URI url) {
    int port = url.getPort() < 0 ? 9200 : url.getPort();
    return new HttpHost(url.getHost(), port, url.getScheme());
  }

  private static Header authorization(ElasticsearchSettings settings) {
    if (!settings.apiKey().isEmpty()) {
      return new BasicHeader("Authorization", "ApiKey " + settings.apiKey());
    }
    byte[] pair =
        (settings.username() + ":" + settings.password()).getBytes(StandardCharsets.UTF_8);
    return new BasicHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  public ElasticsearchSettings settings() {
    return settings;
  }

  /** A request to the cluster. */
  @FunctionalInterface
  public interface Request<T> {
    T send(ElasticsearchClient client) throws IOException;
  }

  /**
   * Sends a request.
   *
   * @param purpose what it is for, to stand after "could not"
   * @throws StoreException where the cluster does not answer or refuses
   */
  public <T> T call(String purpose, Request<T> request) {
    try {
      return request.send(client);
    } catch (ElasticsearchException e) {
      throw refused(purpose, e.status(), reason(e), e);
    } catch (ResponseException e) {
      int status = e.getResponse().getStatusLine().getStatusCode();
      throw refused(purpose, status, shortened(e.getMessage()), e);
    } catch (IOException e) {
      throw new StoreException(
          "Elasticsearch at %s could not %s: %s; is it up, and is elasticsearch.urls right?"
              .formatted(settings.urls(), purpose, shortened(e.getMessage())),
          e);
    }
  }

  private RefusedException refused(String purpose, int status, String reason, Throwable cause) {
    return new RefusedException(
        "Elasticsearch at %s could not %s: it answered %d %s"
            .formatted(settings.urls(), purpose, status, reason),
        status,
        cause);
  }

  private static String shortened(@Nullable String message) {
    String text = String.valueOf(message);
    return text.length() <= MESSAGE ? text : text.substring(0, MESSAGE) + "…";
  }

  private static String reason(ElasticsearchException failure) {
    var error = failure.error();
    var root = error.rootCause().isEmpty() ? error : error.rootCause().getFirst();
    return root.type() + ": " + root.reason();
  }

  @Override
  public void close() {
    call(
        "be let go of",
        ignored -> {
          transport.close();
          return true;
        });
  }
}
