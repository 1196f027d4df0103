package dev.sextant.testing.elasticsearch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One running server: loopback, any free port, 512 MB of heap, without security, its data in a
 * temporary directory that goes with it. Under root it runs as user 65534, since the server refuses
 * root.
 */
final class ServerProcess implements AutoCloseable {
  private static final String NOBODY = "65534";
  private static final Duration START = Duration.ofSeconds(120);
  private static final Pattern ADDRESS =
      Pattern.compile("AbstractHttpServerTransport.*publish_address \\{127\\.0\\.0\\.1:(\\d+)}");

  private final Process process;
  private final Path directory;
  private final String url;

  private ServerProcess(Process process, Path directory, String url) {
    this.process = process;
    this.directory = directory;
    this.url = url;
  }

  /**
   * Starts a server and waits until it answers.
   *
   * @throws IOException in words for the one who runs the test, where it does not start
   */
  static ServerProcess start(Path home) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("elasticsearch-test");
    configure(home, directory);
    Path log = directory.resolve("output.log");
    ProcessBuilder builder =
        new ProcessBuilder(command(home, directory))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("ES_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("ES_PATH_CONF", directory.resolve("config").toString());
    builder.environment().put("ES_TMPDIR", directory.resolve("tmp").toString());
    builder.environment().put("ES_JAVA_OPTS", "-Xms512m -Xmx512m -XX:-AlwaysPreTouch");
    Process process = builder.start();
    Thread reaper = new Thread(() -> stop(process, directory), "elasticsearch-test-stop");
    Runtime.getRuntime().addShutdownHook(reaper);
    return new ServerProcess(process, directory, awaitAnswer(process, log));
  }

  private static void configure(Path home, Path directory) throws IOException {
    for (String name : List.of("config", "config/jvm.options.d", "data", "logs", "tmp")) {
      Files.createDirectories(directory.resolve(name));
    }
    for (String name : List.of("jvm.options", "log4j2.properties")) {
      Files.copy(home.resolve("config").resolve(name), directory.resolve("config").resolve(name));
    }
    Files.writeString(
        directory.resolve("config/elasticsearch.yml"),
        """
        discovery.type: single-node
        network.host: 127.0.0.1
        http.port: 0
        transport.port: 0
        path.data: %1$s/data
        path.logs: %1$s/logs
        xpack.security.enabled: false
        cluster.routing.allocation.disk.threshold_enabled: false
        cluster.max_shards_per_node: 10000
        """
            .formatted(directory));
  }

  private static List<String> command(Path home, Path directory)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      run("chown", "-R", NOBODY + ":" + NOBODY, directory.toString());
      command.addAll(
          List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
      if (!openToAll(home) || !openToAll(Path.of(System.getProperty("java.home")))) {
        command.addAll(List.of("--inh-caps=+dac_override", "--ambient-caps=+dac_override"));
      }
    }
    command.add(home.resolve("bin/elasticsearch").toString());
    return command;
  }

  /** Whether every user may enter this directory. */
  private static boolean openToAll(Path directory) throws IOException {
    for (@Nullable Path at = directory; at != null; at = at.getParent()) {
      if (!Files.getPosixFilePermissions(at).toString().contains("OTHERS_EXECUTE")) {
        return false;
      }
    }
    return true;
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed");
    }
  }

  private static String awaitAnswer(Process process, Path log)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (System.nanoTime() < deadline) {
        if (process.waitFor(200, TimeUnit.MILLISECONDS)) {
          throw new IOException(
              "it ended with code %d: %s".formatted(process.exitValue(), complaint(log)));
        }
        String url = address(log);
        if (url != null && answers(client, url)) {
          return url;
        }
      }
    }
    process.destroyForcibly();
    throw new IOException(
        "it did not answer within %d s: %s".formatted(START.toSeconds(), complaint(log)));
  }

  private static @Nullable String address(Path log) throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .map(ADDRESS::matcher)
          .filter(Matcher::find)
          .map(found -> "http://127.0.0.1:" + found.group(1))
          .findFirst()
          .orElse(null);
    }
  }

  private static boolean answers(HttpClient client, String url) throws InterruptedException {
    HttpRequest health =
        HttpRequest.newBuilder(URI.create(url + "/_cluster/health?wait_for_status=yellow"))
            .timeout(Duration.ofSeconds(10))
            .build();
    try {
      return client.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** The first lines that speak of an error, else the last ones. */
  private static String complaint(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    List<String> errors =
        lines.stream().filter(line -> line.toLowerCase(Locale.ROOT).contains("error")).toList();
    List<String> told =
        errors.isEmpty()
            ? lines.subList(Math.max(0, lines.size() - 3), lines.size())
            : errors.subList(0, Math.min(3, errors.size()));
    return String.join(" | ", told);
  }

  String url() {
    return url;
  }

  @Override
  public void close() {
    stop(process, directory);
  }

  private static void stop(Process process, Path directory) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
      if (Files.exists(directory)) {
        Files.walkFileTree(directory, new Delete());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      System.err.println("left behind by an Elasticsearch test server: " + e);
    }
  }

  private static final class Delete extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      Files.delete(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
