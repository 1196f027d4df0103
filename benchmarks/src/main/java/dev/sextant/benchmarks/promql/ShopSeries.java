package dev.sextant.benchmarks.promql;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.xerial.snappy.Snappy;

/**
 * 1,000 series over six hours, one sample each 15 seconds: five jobs of four instances, each with
 * 26 counters of requests (thirteen handlers, two codes) and two classic histograms of ten buckets
 * with sum and count. Instances are scraped at moments of their own and begin anew now and then.
 */
final class ShopSeries {
  static final int JOBS = 5;
  static final int INSTANCES = 4;
  static final int HANDLERS = 13;
  static final int SERIES = 1000;
  static final long INTERVAL_MILLIS = 15_000;
  static final int ROUNDS = 6 * 3_600_000 / (int) INTERVAL_MILLIS;
  private static final String[] BOUNDS = {
    "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "+Inf"
  };

  /** Rounds after which an instance begins anew, that each has a restart or two in six hours. */
  private static final int LIFE = 900;

  private final long startMillis;

  /**
   * @param endMillis when the last sample was taken at the latest, in milliseconds since the epoch
   */
  ShopSeries(long endMillis) {
    startMillis = Math.floorDiv(endMillis, 60_000) * 60_000 - ROUNDS * INTERVAL_MILLIS;
  }

  long startMillis() {
    return startMillis;
  }

  /** When the six hours end; no sample is later. */
  long endMillis() {
    return startMillis + ROUNDS * INTERVAL_MILLIS;
  }

  /** All samples of one scrape round as a remote write 1.0 request, in a block of Snappy. */
  byte[] request(int round) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      for (int target = 0; target < JOBS * INSTANCES; target++) {
        for (byte[] series : target(round, target)) {
          out.writeByteArray(1, series);
        }
      }
      out.flush();
      return Snappy.compress(bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("a request could not be written to memory", e);
    }
  }

  private List<byte[]> target(int round, int target) throws IOException {
    long time = startMillis + round * INTERVAL_MILLIS + 137 + target * 701L;
    long age = (round + target * 97L) % LIFE + 1;
    List<byte[]> all = new ArrayList<>();
    for (int handler = 0; handler < HANDLERS; handler++) {
      for (String code : List.of("200", "500")) {
        long rate = code.equals("200") ? 20 + 7L * handler + target : 1 + handler % 3;
        double value = age * rate + noise(round, target * 64 + handler) % rate;
        all.add(
            series(
                labels(
                    "http_requests_total", target, "handler", "/api/v1/" + handler, "code", code),
                value,
                time));
      }
    }
    for (String handler : List.of("/checkout", "/search")) {
      histogram(round, target, handler, age, time, all);
    }
    return all;
  }

  private static void histogram(
      int round, int target, String handler, long age, long time, List<byte[]> all)
      throws IOException {
    String name = "http_request_duration_seconds";
    long total = age * (40 + target) + noise(round, target * 64 + 50) % 40;
    for (int i = 0; i < BOUNDS.length; i++) {
      double share = i == BOUNDS.length - 1 ? 1 : 1 - Math.exp(-(i + 1) / 2.5);
      all.add(
          series(
              labels(name + "_bucket", target, "handler", handler, "le", BOUNDS[i]),
              Math.floor(total * share),
              time));
    }
    all.add(series(labels(name + "_count", target, "handler", handler), total, time));
    double seconds = total * 0.0834 + (noise(round, target * 64 + 51) % 1_000_000) / 1e6;
    all.add(series(labels(name + "_sum", target, "handler", handler), seconds, time));
  }

  private static TreeMap<String, String> labels(String name, int target, String... more) {
    TreeMap<String, String> labels = new TreeMap<>();
    labels.put("__name__", name);
    labels.put("job", "shop-" + target / INSTANCES);
    labels.put("instance", "10.2.3." + target + ":9464");
    for (int i = 0; i < more.length; i += 2) {
      labels.put(more[i], more[i + 1]);
    }
    return labels;
  }

  private static byte[] series(TreeMap<String, String> labels, double value, long time)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    for (var label : labels.entrySet()) {
      ByteArrayOutputStream pair = new ByteArrayOutputStream();
      CodedOutputStream into = CodedOutputStream.newInstance(pair);
      into.writeString(1, label.getKey());
      into.writeString(2, label.getValue());
      into.flush();
      out.writeByteArray(1, pair.toByteArray());
    }
    ByteArrayOutputStream sample = new ByteArrayOutputStream();
    CodedOutputStream into = CodedOutputStream.newInstance(sample);
    into.writeDouble(1, value);
    into.writeInt64(2, time);
    into.flush();
    out.writeByteArray(2, sample.toByteArray());
    out.flush();
    return bytes.toByteArray();
  }

  /** A number from 0 on that depends on both arguments alone. */
  private static long noise(long round, long series) {
    long x = round * 0x9E3779B97F4A7C15L + series * 0xC2B2AE3D27D4EB4FL;
    x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    return (x ^ (x >>> 31)) >>> 1;
  }
}
