package dev.sextant.benchmarks.ingest;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import org.xerial.snappy.Snappy;

/**
 * {@link TargetSamples} as Prometheus' remote write 1.0: {@code prompb/remote.proto} and {@code
 * types.proto}, in a block of Snappy; one target each.
 */
final class RemoteWriteSamples implements Traffic {
  /** Of a sample's time behind its value: eight bytes and the tag between them. */
  private static final int TIME_BEHIND_VALUE = 9;

  private final TargetSamples samples = new TargetSamples();
  private final List<Template> templates =
      IntStream.range(0, TargetSamples.TARGETS).mapToObj(this::template).toList();

  @Override
  public String path() {
    return "/api/v1/write";
  }

  @Override
  public String encoding() {
    return "snappy";
  }

  @Override
  public int rows() {
    return TargetSamples.SERIES;
  }

  @Override
  public byte[] request(long number) {
    Template template = templates.get(samples.target(number));
    byte[] request = template.copy();
    for (int series = 0; series < TargetSamples.SERIES; series++) {
      int at = template.valueAt(series);
      double value = samples.value(number, series);
      Template.fixed64(request, at, Double.doubleToRawLongBits(value));
      Template.varint(request, at + TIME_BEHIND_VALUE, samples.timeMillis(number));
    }
    try {
      return Snappy.compress(request);
    } catch (IOException e) {
      throw new UncheckedIOException("a request could not be compressed", e);
    }
  }

  private Template template(int target) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      for (int series = 0; series < TargetSamples.SERIES; series++) {
        out.writeByteArray(1, series(target, series));
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("a request could not be written to memory", e);
    }
    return new Template(bytes.toByteArray(), TargetSamples.SERIES);
  }

  private byte[] series(int target, int series) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    label(out, "__name__", samples.metric(series));
    label(out, "instance", "10.2.3." + target + ":9464");
    label(out, "job", "shop/" + Otlp.SERVICES[target % Otlp.SERVICES.length]);
    label(out, "pool", samples.pool(series));
    out.writeByteArray(2, sample(Template.VALUE, samples.timeMillis(target)));
    out.flush();
    return bytes.toByteArray();
  }

  private static void label(CodedOutputStream out, String name, String value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream label = CodedOutputStream.newInstance(bytes);
    label.writeString(1, name);
    label.writeString(2, value);
    label.flush();
    out.writeByteArray(1, bytes.toByteArray());
  }

  private static byte[] sample(double value, long timeMillis) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeDouble(1, value);
    out.writeInt64(2, timeMillis);
    out.flush();
    return bytes.toByteArray();
  }
}
