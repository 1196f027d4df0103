package dev.sextant.server.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Requests of these tests. Thread-safe. */
final class Http {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /** Status and body of an answer. */
  record Answer(int status, byte[] body) {}

  /** Sends a protobuf message. */
  Answer post(URI to, byte[] body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(to)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/x-protobuf")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    return send(request);
  }

  /** The status of a GET; 0 where nothing answers. */
  int status(URI at) throws InterruptedException {
    try {
      return send(HttpRequest.newBuilder(at).timeout(TIMEOUT).build()).status();
    } catch (IOException nobody) {
      return 0;
    }
  }

  /** A GET's answer. */
  Answer get(URI at) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(at).timeout(TIMEOUT).build());
  }

  /** A GET's JSON; anything but 200 is an error. */
  JsonNode json(URI at) throws IOException, InterruptedException {
    Answer answer = get(at);
    if (answer.status() != 200) {
      throw new AssertionError(
          at
              + " answered "
              + answer.status()
              + ": "
              + new String(answer.body(), StandardCharsets.UTF_8));
    }
    return JSON.readTree(answer.body());
  }

  static JsonNode read(byte[] json) throws IOException {
    return JSON.readTree(json);
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Answer send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
    return new Answer(response.statusCode(), response.body());
  }
}
