package dev.sextant.server.cli.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks a server in Prometheus' API, by form. */
final class PromClient {
  private static final String LOCAL = "http://127.0.0.1:9090";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofMinutes(3);

  private final String base;
  private final String token;

  private PromClient(String base, String token) {
    this.base = base;
    this.token = token;
  }

  /**
   * @param url of the server; empty for the one whose data directory is {@code data}, or the usual
   *     port
   * @throws IllegalArgumentException where the address is none
   */
  static PromClient open(String url, Path data, @Nullable Path tokenFile) throws IOException {
    String base = url.isEmpty() ? local(data) : url.replaceFirst("/+$", "");
    if (!base.matches("https?://[^/\\s]+(/\\S*)?")) {
      throw new IllegalArgumentException(
          "--url is '" + url + "'; it must be like http://127.0.0.1:9090");
    }
    if (tokenFile == null) {
      return new PromClient(base, "");
    }
    try {
      return new PromClient(base, Files.readString(tokenFile).strip());
    } catch (IOException e) {
      throw new QueryFailure(2, "cannot read the token file " + tokenFile + ": " + e);
    }
  }

  private static String local(Path data) throws IOException {
    Path ports = data.resolve("ports.json");
    if (!Files.exists(ports)) {
      return LOCAL;
    }
    int port = JSON.readTree(ports.toFile()).path("http").asInt();
    return port == 0 ? LOCAL : "http://127.0.0.1:" + port;
  }

  /**
   * A good answer.
   *
   * @param body as it came
   */
  record Answer(String body, JsonNode json) {
    /** Warnings and infos, one line each. */
    List<String> remarks() {
      List<String> remarks = new ArrayList<>();
      json.path("warnings").forEach(each -> remarks.add("warning: " + each.asText()));
      json.path("infos").forEach(each -> remarks.add("info: " + each.asText()));
      return remarks;
    }
  }

  /**
   * @throws QueryFailure where there is no good answer
   */
  Answer ask(String what, Map<String, String> parameters) {
    String form =
        parameters.entrySet().stream()
            .map(each -> each.getKey() + "=" + encode(each.getValue()))
            .collect(Collectors.joining("&"));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + "/api/v1/" + what))
            .timeout(LONGEST)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build()) {
      return answer(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    } catch (ConnectException e) {
      throw new QueryFailure(
          1,
          "nobody answers at "
              + base
              + "; start Sextant with 'sextant serve', or name another with --url");
    } catch (IOException e) {
      throw new QueryFailure(1, "no answer from " + base + ": " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QueryFailure(1, "interrupted");
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Answer answer(HttpResponse<String> response) {
    int status = response.statusCode();
    if (status == 401 || status == 403) {
      throw new QueryFailure(
          2,
          base
              + (token.isEmpty()
                  ? " wants an access token: give a file that holds one with --token-file"
                  : " does not let this token read: it must be valid and have the role viewer"));
    }
    JsonNode json = json(response.body());
    if (json == null || !json.has("status")) {
      throw new QueryFailure(
          1, base + " answered HTTP status " + status + " and does not speak Prometheus' API");
    }
    if (!json.path("status").asText().equals("success")) {
      String error = json.path("error").asText().replaceFirst("^invalid parameter \"query\": ", "");
      throw new QueryFailure(json.path("errorType").asText().equals("bad_data") ? 2 : 1, error);
    }
    return new Answer(response.body(), json);
  }

  private static @Nullable JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
