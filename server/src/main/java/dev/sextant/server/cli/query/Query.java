package dev.sextant.server.cli.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sextant query}. */
@Command(
    name = "query",
    description = {
      "Evaluate PromQL on a running Sextant or Prometheus: now or at --time, or over a range where"
          + " --start, --end or --step is given.",
      "Exit codes: 0 answered, 1 the query failed or nobody answered, 2 the expression or the"
          + " command line is wrong."
    },
    mixinStandardHelpOptions = true)
public final class Query implements Callable<Integer> {
  @Parameters(paramLabel = "EXPR", description = "the expression")
  private String expression = "";

  @Option(
      names = "--time",
      paramLabel = "TIME",
      description =
          "when; RFC 3339, seconds since the epoch, or a length of time before now such as 5m"
              + " (default: now)")
  private String time = "";

  @Option(
      names = "--start",
      paramLabel = "TIME",
      description = "first step (default: 1h before the end)")
  private String start = "";

  @Option(names = "--end", paramLabel = "TIME", description = "last step (default: now)")
  private String end = "";

  @Option(
      names = "--step",
      paramLabel = "LENGTH",
      description = "between two steps, such as 15s (default: about 100 steps)")
  private String step = "";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, json (the server's answer) or csv (default: ${DEFAULT-VALUE})")
  private String format = "table";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "the server (default: the port in DIR/ports.json of --data, else http://127.0.0.1:9090)")
  private String url = "";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "data directory of a server on this machine (default: ${DEFAULT-VALUE})")
  private Path data = Path.of("data");

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "a file that holds the access token")
  private @Nullable Path tokenFile;

  @Spec private CommandSpec spec = CommandSpec.create();
  private final InstantSource clock;
  private final int width;

  public Query() {
    this(InstantSource.system(), Terminal.width());
  }

  /**
   * @param width of the terminal in characters
   */
  Query(InstantSource clock, int width) {
    this.clock = clock;
    this.width = width;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try {
      return answer(out, err);
    } catch (QueryFailure e) {
      err.println("sextant: " + e.getMessage());
      err.print(e.underlined(expression));
      return e.exitCode();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    } finally {
      out.flush();
      err.flush();
    }
  }

  private int answer(PrintWriter out, PrintWriter err) {
    boolean range = !start.isEmpty() || !end.isEmpty() || !step.isEmpty();
    if (range && !time.isEmpty()) {
      throw new IllegalArgumentException(
          "--time is for one instant, --start, --end and --step for a range");
    }
    if (!format.matches("table|json|csv")) {
      throw new IllegalArgumentException(
          "--format is '" + format + "'; it must be table, json or csv");
    }
    Map<String, String> parameters = range ? range() : instant();
    try {
      PromClient client = PromClient.open(url, data, tokenFile);
      PromClient.Answer answer = client.ask(range ? "query_range" : "query", parameters);
      if (format.equals("json")) {
        out.println(answer.body());
      } else {
        print(answer.json(), out);
      }
      answer.remarks().forEach(err::println);
      return 0;
    } catch (IOException e) {
      throw new QueryFailure(1, String.valueOf(e.getMessage()));
    }
  }

  private void print(JsonNode answer, PrintWriter out) {
    JsonNode data = answer.path("data");
    if (format.equals("csv")) {
      Csv.write(data, out);
    } else {
      new Table(width, Terminal.drawsBlocks()).write(data, out);
    }
  }

  private Map<String, String> instant() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("query", expression);
    parameters.put("time", seconds(Moment.millis("--time", time, clock.millis(), clock.millis())));
    return parameters;
  }

  private Map<String, String> range() {
    long now = clock.millis();
    long to = Moment.millis("--end", end, now, now);
    long from = Moment.millis("--start", start, now, to - 3_600_000);
    if (from > to) {
      throw new IllegalArgumentException("--start lies after --end");
    }
    long every = step.isEmpty() ? Moment.step(to - from) : Moment.length("--step", step);
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("query", expression);
    parameters.put("start", seconds(from));
    parameters.put("end", seconds(to));
    parameters.put("step", seconds(every));
    return parameters;
  }

  private static String seconds(long millis) {
    return String.format(
        Locale.ROOT, "%d.%03d", Math.floorDiv(millis, 1000L), Math.floorMod(millis, 1000L));
  }
}
