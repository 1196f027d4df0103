package dev.sextant.testing.elasticsearch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The server's files: a Maven artifact, fetched by the machine's Maven and unpacked below this
 * module's target directory by the first test that wants it. A build without such a test fetches
 * nothing.
 */
final class Distribution {
  private static final String ARTIFACT =
      "org.elasticsearch.distribution.integ-test-zip:elasticsearch:%s:zip";
  private static final String UNPACK = "org.apache.maven.plugins:maven-dependency-plugin:%s:unpack";
  private static final String PLUGIN_VERSION = "3.11.0";
  private static final int FETCH_MINUTES = 5;

  private Distribution() {}

  /**
   * The directory that holds {@code bin}, {@code lib}, {@code modules}. Safe to call in several
   * processes at once.
   *
   * @throws IOException in words for the one who runs the test, where it cannot be had
   */
  static Path unpacked() throws IOException, InterruptedException {
    String version = System.getProperty("elasticsearch.server.version");
    if (version == null) {
      throw new IOException("run it through Maven, which says which version to fetch");
    }
    Path target = root().resolve("testing/elasticsearch/target");
    Path home = target.resolve("server/elasticsearch-" + version);
    Path done = target.resolve("server-" + version + ".unpacked");
    Files.createDirectories(target);
    try (FileChannel channel =
            FileChannel.open(
                target.resolve("server.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (!Files.exists(done)) {
        unpack(version, target.resolve("server"));
        Files.writeString(done, lock.isValid() ? version : "");
      }
    }
    return home;
  }

  private static Path root() {
    return Path.of(System.getProperty("sextant.root", "..")).toAbsolutePath().normalize();
  }

  private static void unpack(String version, Path directory)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(maven(), "-q", "-B", "-ntp"));
    String repository = System.getProperty("localRepository");
    if (repository != null) {
      command.add("-Dmaven.repo.local=" + repository);
    }
    command.add(UNPACK.formatted(PLUGIN_VERSION));
    command.add("-Dartifact=" + ARTIFACT.formatted(version));
    command.add("-DoutputDirectory=" + directory);
    Path log = Files.createTempFile("elasticsearch-fetch", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(Files.createDirectories(directory).toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("MAVEN_OPTS");
    Process process = builder.start();
    boolean ended = process.waitFor(FETCH_MINUTES, TimeUnit.MINUTES);
    if (!ended || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(
          "Maven could not fetch %s%s; its output is in %s"
              .formatted(
                  ARTIFACT.formatted(version),
                  ended ? "" : " within " + FETCH_MINUTES + " minutes",
                  log));
    }
    Files.delete(log);
  }

  private static String maven() {
    @Nullable String home = System.getProperty("maven.home");
    return home == null || home.startsWith("$") ? "mvn" : Path.of(home, "bin", "mvn").toString();
  }
}
