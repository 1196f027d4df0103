package dev.sextant.landscape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The distribution's demo as processes of their own, and questions to it. */
final class RunningDemo implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final Path output;
  private final Path data;

  private RunningDemo(Process process, Path output, Path data) {
    this.process = process;
    this.output = output;
    this.data = data;
  }

  /** The distribution that this build made. */
  static Path distribution() throws IOException {
    try (Stream<Path> found =
        Files.list(Path.of(System.getProperty("sextant.root"), "server", "target"))) {
      return found
          .filter(dir -> Files.exists(dir.resolve("lib/sextant-server.jar")))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "no distribution in server/target: run './sextant build'"));
    }
  }

  static RunningDemo start(Path data, Path output) throws IOException {
    Path home = distribution();
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dsextant.home=" + home,
            "-cp",
            home.resolve("demo/launcher") + "/*",
            "dev.sextant.demo.Demo",
            "--data",
            data.toString(),
            "--rate",
            "6",
            "--for",
            "15m");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    return new RunningDemo(builder.start(), output, data);
  }

  /** What it printed so far. */
  String printed() throws IOException {
    return Files.readString(output);
  }

  int port(String name) throws IOException {
    return JSON.readTree(data.resolve("ports.json").toFile()).path(name).asInt();
  }

  /** Sextant's own API; {@code path} below {@code /sextant/v1/}. */
  JsonNode ask(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port("http") + "/sextant/v1/" + path);
    HttpResponse<byte[]> answer =
        http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(
          uri
              + " answered "
              + answer.statusCode()
              + " "
              + new String(answer.body(), StandardCharsets.UTF_8));
    }
    return JSON.readTree(answer.body());
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** A question whose answer may take a moment to become right. */
  @FunctionalInterface
  interface Question<T> {
    T ask() throws Exception;
  }

  /** Asks until the answer is right; gives the last answer after four minutes, whatever it is. */
  <T> T until(Question<T> question, Predicate<T> right) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
    T answer = question.ask();
    while (!right.test(answer) && System.nanoTime() < deadline) {
      if (!process.isAlive()) {
        throw new IllegalStateException(
            "the demo ended with code " + process.exitValue() + ":\n" + printed());
      }
      Thread.sleep(500);
      answer = question.ask();
    }
    return answer;
  }

  /** Stops as Ctrl-C does, and waits. */
  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
