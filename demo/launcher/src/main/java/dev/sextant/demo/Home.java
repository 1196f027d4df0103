package dev.sextant.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The distribution that the demo runs.
 *
 * @param root its directory: {@code lib}, {@code agent}, {@code demo}
 */
record Home(Path root) {
  /**
   * The one that the launcher script named.
   *
   * @throws StartException where it is incomplete
   */
  static Home find() {
    Home home = new Home(Path.of(System.getProperty("sextant.home", "")));
    for (Path needed : List.of(home.serverJar(), home.agentJar(), home.service("gateway"))) {
      if (!Files.exists(needed)) {
        throw new StartException(needed + " is missing; run './sextant build'");
      }
    }
    return home;
  }

  Path serverJar() {
    return root.resolve("lib/sextant-server.jar");
  }

  Path agentJar() {
    return root.resolve("agent/sextant-agent.jar");
  }

  /** The folder of a shop service's jars. */
  Path service(String name) {
    return root.resolve("demo").resolve(name);
  }

  /** The Java that runs this. */
  static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /** The JVM's options for a server, as {@code sextant serve} has them. */
  static List<String> serverFlags() {
    return Stream.of(System.getProperty("sextant.server-flags", "").split("\\s+"))
        .filter(flag -> !flag.isEmpty())
        .toList();
  }

  /**
   * A Java 17 of this machine, where one is found beside the Java that runs this or in the usual
   * place.
   */
  static Optional<Path> java17() {
    Path siblings = Path.of(System.getProperty("java.home")).toAbsolutePath().getParent();
    for (Path folder : List.of(siblings, Path.of("/usr/lib/jvm"))) {
      Optional<Path> found = java17In(folder);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<Path> java17In(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> homes = Files.list(folder)) {
      return homes
          .filter(
              home -> Files.isExecutable(home.resolve("bin/java")) && is17(home.resolve("release")))
          .map(home -> home.resolve("bin/java"))
          .sorted()
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look for Java 17 in " + folder, e);
    }
  }

  private static boolean is17(Path release) {
    try {
      return Files.exists(release)
          && Pattern.compile("JAVA_VERSION=\"17\\b").matcher(Files.readString(release)).find();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + release, e);
    }
  }
}
