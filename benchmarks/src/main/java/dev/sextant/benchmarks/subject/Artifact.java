package dev.sextant.benchmarks.subject;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * A program from Maven Central that is measured beside ours and is no part of it: fetched by the
 * machine's Maven into {@code benchmarks/target/peers} by the first run that wants it.
 */
final class Artifact {
  /** Zipkin's server with all that it needs. */
  static final String ZIPKIN = "zipkin-server";

  private static final String COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy";
  private static final int FETCH_MINUTES = 10;

  private Artifact() {}

  /**
   * The file of one of {@code artifacts.properties}.
   *
   * @throws IOException in words for the one who runs the benchmark, where it cannot be had
   */
  static Path file(String name) throws IOException, InterruptedException {
    String coordinates = coordinates(name);
    String[] parts = coordinates.split(":", -1);
    Path peers =
        Path.of(System.getProperty("sextant.root", ".")).resolve("benchmarks/target/peers");
    Path file = peers.resolve(parts[1] + "-" + parts[2] + "-" + parts[4] + "." + parts[3]);
    if (!Files.exists(file)) {
      fetch(coordinates, Files.createDirectories(peers));
    }
    return file;
  }

  /** {@code group:artifact:version:packaging:classifier}. */
  private static String coordinates(String name) throws IOException {
    Properties known = new Properties();
    try (InputStream file = Artifact.class.getResourceAsStream("artifacts.properties")) {
      known.load(Objects.requireNonNull(file, "artifacts.properties"));
    }
    return Objects.requireNonNull(known.getProperty(name), name);
  }

  private static void fetch(String coordinates, Path to) throws IOException, InterruptedException {
    Path log = to.resolve("fetch.log");
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    "mvn",
                    "-q",
                    "-B",
                    "-ntp",
                    COPY,
                    "-Dartifact=" + coordinates,
                    "-DoutputDirectory=" + to.toAbsolutePath()))
            .directory(to.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("MAVEN_OPTS");
    Process process = builder.start();
    boolean ended = process.waitFor(FETCH_MINUTES, TimeUnit.MINUTES);
    if (!ended || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("Maven could not fetch " + coordinates + "; its output is in " + log);
    }
  }
}
