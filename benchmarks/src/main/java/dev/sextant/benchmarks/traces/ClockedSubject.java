package dev.sextant.benchmarks.traces;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sextant.benchmarks.subject.Subject;
import dev.sextant.benchmarks.subject.Subjects;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@link ClockedServer} in a process of its own, and the hand that sets its clock. Thread-safe. */
final class ClockedSubject implements AutoCloseable {
  final Subject subject;

  /** Where data lies. */
  final Path data;

  /** Where spans are sent. */
  final URI otlp;

  private static final String LOG = "output.log";
  private static final int LAST_LINES = 60;

  private final Path log;
  private final OutputStream clock;
  private final BufferedReader repeats;
  private long millis;

  private ClockedSubject(Subject subject, Path directory, Path data, URI otlp, long millis) {
    this.subject = subject;
    this.log = directory.resolve(LOG);
    this.data = data;
    this.otlp = otlp;
    this.clock = subject.process().getOutputStream();
    this.repeats = subject.process().inputReader(StandardCharsets.US_ASCII);
    this.millis = millis;
  }

  /**
   * Starts the server on an empty directory and waits until it takes requests.
   *
   * @param flags of the virtual machine
   */
  static ClockedSubject start(Path directory, long startMillis, List<String> flags)
      throws IOException, InterruptedException {
    Path data = directory.resolve("data");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ClockedServer.class.getName(), data.toString(), "" + startMillis));
    for (String port : List.of("ui", "http", "otlp-grpc", "otlp-http")) {
      command.add("listen.ports." + port + "=0");
    }
    Process process =
        new ProcessBuilder(command).redirectError(directory.resolve(LOG).toFile()).start();
    Path file = data.resolve("ports.json");
    Subjects.await(process, () -> Files.exists(file));
    JsonNode ports = JsonMapper.builder().build().readTree(file.toFile());
    URI api = URI.create("http://127.0.0.1:" + ports.path("http").asInt());
    Subjects.await(process, () -> Subjects.answers(api.resolve("/-/ready")));
    URI otlp = URI.create("http://127.0.0.1:" + ports.path("otlp_http").asInt());
    return new ClockedSubject(new Subject(process, api), directory, data, otlp, startMillis);
  }

  /** Sets the clock, and returns when it is set; a time before the one it shows is passed over. */
  synchronized void set(long toMillis) throws IOException {
    if (toMillis > millis) {
      millis = toMillis;
      clock.write((toMillis + "\n").getBytes(StandardCharsets.US_ASCII));
      clock.flush();
      awaitRepeat(toMillis);
    }
  }

  /** Passes over what the virtual machine itself may say. */
  private void awaitRepeat(long toMillis) throws IOException {
    String repeated = repeats.readLine();
    while (repeated != null && !repeated.equals(String.valueOf(toMillis))) {
      repeated = repeats.readLine();
    }
    if (repeated == null) {
      throw new IOException("the server does not set its clock any more; see its output.log");
    }
  }

  /** What it shows. */
  synchronized long millis() {
    return millis;
  }

  /** The last of what it said, for those who ask why it failed. */
  String lastWords() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  @Override
  public void close() {
    subject.close();
  }
}
