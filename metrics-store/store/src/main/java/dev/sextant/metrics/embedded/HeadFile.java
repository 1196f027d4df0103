package dev.sextant.metrics.embedded;

import dev.sextant.metrics.MetricsBatch;
import dev.sextant.metrics.MetricsBatchBuilder;
import dev.sextant.metrics.MetricsBatchCodec;
import dev.sextant.metrics.column.ByteReader;
import dev.sextant.metrics.column.ByteWriter;
import dev.sextant.metrics.model.Exemplar;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.SampleArray;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The bytes of a head file: what the heads took between two journal rows. Described in {@code
 * docs/format/metrics-head.md}.
 */
final class HeadFile {
  /** What a section's batch means. */
  enum Section {
    /** Series, with or without samples. */
    SERIES,
    /** Exemplars and metadata; the series named need not be in the head. */
    ANNOTATIONS
  }

  /** Series in one section at most, so that no section is large. */
  private static final int SECTION_SERIES = 4096;

  private final ByteWriter out = new ByteWriter(1 << 16);

  HeadFile(long stampMillis) {
    FileHeader.HEAD.write(out);
    out.u64(stampMillis);
  }

  /** Adds all series of a head, with all their samples or those not yet committed. */
  void series(String tenant, Head head, boolean all) {
    List<HeadSeries> chosen = new ArrayList<>();
    for (HeadSeries series : head.all()) {
      if (all || !series.isCommitted()) {
        chosen.add(series);
      }
    }
    for (int from = 0; from < chosen.size(); from += SECTION_SERIES) {
      MetricsBatchBuilder builder = new MetricsBatchBuilder(tenant);
      for (HeadSeries series :
          chosen.subList(from, Math.min(from + SECTION_SERIES, chosen.size()))) {
        add(builder, series, all);
      }
      section(Section.SERIES, builder.build());
    }
  }

  private static void add(MetricsBatchBuilder builder, HeadSeries series, boolean all) {
    builder.series(series.target(), series.labels());
    SampleArray samples =
        new SampleMerge()
            .merge(all ? series.parts() : series.uncommitted(), Long.MIN_VALUE, Long.MAX_VALUE);
    builder.add(series.target(), series.labels(), samples);
  }

  /** Adds a tenant's exemplars and metadata, all or those not yet committed. */
  void annotations(String tenant, ExemplarRing exemplars, MetadataTable metadata, boolean all) {
    MetricsBatchBuilder builder = new MetricsBatchBuilder(tenant);
    BiConsumer<Labels, Exemplar> add =
        (series, exemplar) -> builder.exemplar(Labels.EMPTY, series, exemplar);
    if (all) {
      exemplars.forEach(add);
    } else {
      exemplars.forEachUncommitted(add);
    }
    (all ? metadata.all() : metadata.uncommitted()).forEach(builder::metadata);
    if (!builder.isEmpty()) {
      section(Section.ANNOTATIONS, builder.build());
    }
  }

  private void section(Section section, MetricsBatch batch) {
    ByteBuffer payload = batch.payload();
    byte[] bytes = new byte[payload.remaining()];
    payload.get(bytes);
    out.u8(1 + section.ordinal());
    out.text(batch.tenant());
    out.varint(bytes.length);
    out.bytes(bytes, 0, bytes.length);
  }

  /** Ends the file; nothing may be added after. */
  ByteBuffer finish() {
    out.u8(0);
    out.u32(out.crc32c(0));
    return ByteBuffer.wrap(out.array(), 0, out.size());
  }

  /** What a reader of a head file is told. */
  interface Target {
    void section(Section section, MetricsBatch batch);

    /** The journal's newest stamp when the file was written, in milliseconds since the epoch. */
    void stamp(long stampMillis);
  }

  /**
   * Reads a whole file; the checksum is compared before anything is handed on.
   *
   * @throws dev.sextant.storage.StoreException where it is damaged or of another version
   */
  static void read(byte[] bytes, String file, Target target) {
    FileHeader.HEAD.check(Arrays.copyOf(bytes, Math.min(bytes.length, FileHeader.LENGTH)), file);
    ByteReader in = new ByteReader(bytes, file);
    in.checkTrailingCrc(0);
    in.skip(FileHeader.LENGTH);
    long stamp = in.u64();
    for (int kind = in.u8(); kind != 0; kind = in.u8()) {
      if (kind > Section.values().length) {
        throw in.damaged("a section of unknown kind " + kind);
      }
      String tenant = in.text();
      byte[] payload = in.bytes(in.countOfRest("length of a section"));
      target.section(Section.values()[kind - 1], MetricsBatchCodec.decode(payload, tenant));
    }
    in.checkEnd();
    target.stamp(stamp);
  }
}
