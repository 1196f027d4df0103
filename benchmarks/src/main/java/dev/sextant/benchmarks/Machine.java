package dev.sextant.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where figures are taken, in a line. */
final class Machine {
  private Machine() {}

  static String describe() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return "%d processors (%s), %d GiB, load %.1f at the end, %s %s, Java %s"
        .formatted(
            system.getAvailableProcessors(),
            processor(),
            system.getTotalMemorySize() >> 30,
            system.getSystemLoadAverage(),
            system.getName(),
            system.getVersion(),
            Runtime.version());
  }

  private static String processor() {
    Path cpus = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(cpus)) {
      return System.getProperty("os.arch");
    }
    try (Stream<String> lines = Files.lines(cpus)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException unreadable) {
      return System.getProperty("os.arch");
    }
  }
}
