package dev.sextant.benchmarks.traces;

import dev.sextant.server.SextantServer;
import dev.sextant.server.config.ConfigReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/**
 * The server by a clock that is set from outside. Arguments: the data directory, the first time in
 * milliseconds since the epoch, then settings as {@code serve --set} takes them. Each line of the
 * standard input is a later time, which the standard output repeats once it holds; the input's end
 * stops the server. What the server says goes to the standard error.
 */
final class ClockedServer {
  private ClockedServer() {}

  public static void main(String[] args) throws IOException {
    PrintStream repeats = System.out;
    System.setOut(System.err);
    SetClock clock = new SetClock(Long.parseLong(args[1]));
    List<String> settings = List.of(args).subList(2, args.length);
    try (SextantServer server =
            SextantServer.start(
                ConfigReader.read(null, settings), Path.of(args[0]), System.out::println, clock);
        BufferedReader times =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
      server.awaitDashboard();
      for (String line = times.readLine(); line != null; line = times.readLine()) {
        clock.millis = Long.parseLong(line);
        repeats.println(line);
        repeats.flush();
      }
    }
    System.exit(0);
  }

  /** Stands still between two settings. */
  private static final class SetClock extends Clock {
    private volatile long millis;

    SetClock(long millis) {
      this.millis = millis;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("the server reckons in UTC");
    }

    @Override
    public long millis() {
      return millis;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis);
    }
  }
}
