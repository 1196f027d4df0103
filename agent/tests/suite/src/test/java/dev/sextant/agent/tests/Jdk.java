package dev.sextant.agent.tests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The JDKs the agent is tested on. */
enum Jdk {
  CURRENT(Runtime.version().feature()),
  OLDER(17);

  private final int feature;

  Jdk(int feature) {
    this.feature = feature;
  }

  int feature() {
    return feature;
  }

  /** Skips the test where this machine has no such JDK. */
  Path java() {
    Path home = this == CURRENT ? Path.of(System.getProperty("java.home")) : find();
    assumeTrue(home != null, "no JDK " + feature + " in JAVA" + feature + "_HOME or /usr/lib/jvm");
    return home.resolve("bin/java");
  }

  private @Nullable Path find() {
    String named = System.getenv("JAVA" + feature + "_HOME");
    if (named != null) {
      return Path.of(named);
    }
    Path homes = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(homes)) {
      return null;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(homes)) {
      for (Path home : all) {
        if (isRightVersion(home)) {
          return home;
        }
      }
      return null;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private boolean isRightVersion(Path home) throws IOException {
    Path release = home.resolve("release");
    if (!Files.isRegularFile(release) || !Files.isExecutable(home.resolve("bin/java"))) {
      return false;
    }
    Properties properties = new Properties();
    try (var in = Files.newInputStream(release)) {
      properties.load(in);
    }
    return properties.getProperty("JAVA_VERSION", "").startsWith("\"" + feature + ".");
  }
}
