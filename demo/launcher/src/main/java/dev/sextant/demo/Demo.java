package dev.sextant.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The {@code demo} command: everything up, load on, an address to look at; everything down on
 * Ctrl-C.
 */
public final class Demo {
  private static final String USAGE =
      """
      usage: sextant demo [--data DIR] [--for DURATION] [--rate REQUESTS_PER_SECOND] [--calm]

        --data DIR   keep Sextant's data there (default: a temporary directory, deleted at the end)
        --for TIME   stop by itself after so long, such as 90s or 10m
        --rate N     requests a second (default: 12)
        --calm       no faults
      """;

  private Demo() {}

  /** What the command line asked for. */
  record Options(Path data, boolean keepData, Duration length, int rate, boolean faults) {}

  public static void main(String[] args) throws Exception {
    Options options = parse(args);
    try (Landscape landscape = new Landscape(Home.find(), options)) {
      CountDownLatch stop = new CountDownLatch(1);
      Runtime.getRuntime().addShutdownHook(new Thread(landscape::close, "demo-stop"));
      landscape.start();
      if (stop.await(options.length().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("nothing counts this latch down");
      }
      System.out.println("The demo's time is over; stopping.");
    } catch (StartException e) {
      System.err.println("sextant: " + e.getMessage());
      System.exit(2);
    }
  }

  private static Options parse(String[] args) throws IOException {
    Path data = null;
    Duration length = Duration.ofDays(365);
    int rate = 12;
    boolean faults = true;
    List<String> rest = new ArrayList<>(List.of(args));
    while (!rest.isEmpty()) {
      String option = rest.removeFirst();
      switch (option) {
        case "--data" -> data = Path.of(value(option, rest));
        case "--for" -> length = duration(value(option, rest));
        case "--rate" -> rate = Integer.parseInt(value(option, rest));
        case "--calm" -> faults = false;
        case "--help", "-h" -> {
          System.out.print(USAGE);
          System.exit(0);
        }
        default -> fail("unknown option '" + option + "'");
      }
    }
    boolean keep = data != null;
    return new Options(
        data == null ? Files.createTempDirectory("sextant-demo-") : data,
        keep,
        length,
        rate,
        faults);
  }

  private static String value(String option, List<String> rest) {
    if (rest.isEmpty()) {
      fail(option + " needs a value");
    }
    return rest.removeFirst();
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse("PT" + text.toUpperCase(java.util.Locale.ROOT));
    } catch (java.time.DateTimeException e) {
      fail("'" + text + "' is no length of time; write it like 90s or 10m");
      return Duration.ZERO;
    }
  }

  private static void fail(String message) {
    System.err.println("sextant: " + message);
    System.err.print(USAGE);
    System.exit(2);
  }
}
