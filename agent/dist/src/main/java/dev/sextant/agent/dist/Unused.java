package dev.sextant.agent.dist;

import java.util.List;

/** Parts of the libraries that the agent never reaches. */
final class Unused {
  private static final List<String> PREFIXES =
      List.of("net/bytebuddy/build/", "net/bytebuddy/agent/");

  private Unused() {}

  static boolean contains(String classFile) {
    return PREFIXES.stream().anyMatch(classFile::startsWith);
  }
}
