package dev.sextant.storage.block;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.storage.Position;
import dev.sextant.storage.TimeRange;
import dev.sextant.storage.codec.Hash;
import dev.sextant.storage.otlp.Slice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A signal of its own: rows whose every part follows from their number, and a journal of batches of
 * them.
 */
final class TestRows {
  static final Instant START = Instant.parse("2026-01-15T12:00:00Z");
  static final long T0 = START.toEpochMilli() * 1_000_000;
  static final BlockSchema SCHEMA =
      new BlockSchema("test", List.of("square", "noise"), List.of("resource"));

  static final BlockLayout LAYOUT = new RowLayout(SCHEMA, TestRows::index);

  /** Small blocks and no thread. */
  static final BlockSettings SETTINGS =
      BlockSettings.DEFAULT.withBlocks(8, 1 << 20, Duration.ofSeconds(30)).withoutBackground();

  /** A batch's place and number of rows. */
  record Batch(Position position, int rows) {
    long end() {
      return position.row() + rows;
    }
  }

  /** A clock that moves when told. */
  static final class Clock implements InstantSource {
    long millis = START.toEpochMilli();

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis);
    }
  }

  final List<Batch> journal = new ArrayList<>();

  /** Journals the next rows. */
  Batch next(int rows, long stampMillis) {
    long row = journal.isEmpty() ? 0 : journal.getLast().end();
    Batch batch = new Batch(new Position(row, stampMillis), rows);
    journal.add(batch);
    return batch;
  }

  long end() {
    return journal.isEmpty() ? 0 : journal.getLast().end();
  }

  static void apply(BlockStore store, Batch batch) {
    store.apply(
        "default",
        batch.position(),
        batch.rows(),
        appender -> {
          for (long row = batch.position().row(); row < batch.end(); row++) {
            appender.stream(service(row), resource(row));
            if (appender.wants(row)) {
              fill(appender.row(), row);
              appender.append();
            }
          }
        });
  }

  /** As {@link #apply}, all rows in one stream that is of no service. */
  static void applyToOne(BlockStore store, Batch batch) {
    store.apply(
        "default",
        batch.position(),
        batch.rows(),
        appender -> {
          appender.stream("", Slice.EMPTY);
          for (long row = batch.position().row(); row < batch.end(); row++) {
            if (appender.wants(row)) {
              fill(appender.row(), row);
              appender.append();
            }
          }
        });
  }

  void replayToOne(BlockStore store, long from) {
    journal.stream().filter(batch -> batch.end() > from).forEach(batch -> applyToOne(store, batch));
  }

  void replay(BlockStore store, long from) {
    journal.stream().filter(batch -> batch.end() > from).forEach(batch -> apply(store, batch));
  }

  static void fill(BlockRow row, long number) {
    row.begin(number, T0 + number);
    row.set(0, number * number);
    row.set(1, Hash.mix(number));
    row.setText(0, resource(number));
    byte[] payload = payload(number);
    row.payload().put(payload, 0, payload.length);
  }

  static String service(long row) {
    return "service-" + row % 3;
  }

  private static Slice resource(long row) {
    return Slice.of(("resource of " + service(row)).getBytes(StandardCharsets.UTF_8));
  }

  /** Sixteen bytes that do not compress. */
  static byte[] payload(long row) {
    return ByteBuffer.allocate(16)
        .putLong(Hash.mix(row + 1_000_000))
        .putLong(~Hash.mix(row))
        .array();
  }

  /** What is noted of a block: bytes from the number of its first row, too many for its header. */
  static byte[] summary(long firstRow) {
    ByteBuffer bytes = ByteBuffer.allocate(80);
    while (bytes.hasRemaining()) {
      bytes.putLong(Hash.mix(firstRow + 2_000_000 + bytes.position()));
    }
    return bytes.array();
  }

  /** Each row's number is a key, its last digit in words a term. */
  static void index(RowBlock block, BlockIndex index) {
    byte[] summary = summary(block.rowNumbers()[0]);
    index.summary().put(summary, 0, summary.length);
    for (int i = 0; i < block.rows(); i++) {
      long row = block.rowNumbers()[i];
      index.key(Hash.mix(row));
      index.term("digit" + (char) ('a' + row % 10));
    }
  }

  static BlockStore open(Path root, InstantSource clock) {
    return open(root, SETTINGS, clock);
  }

  static BlockStore open(Path root, BlockSettings settings, InstantSource clock) {
    return BlockStore.open(root, LAYOUT, settings, clock);
  }

  /** The numbers of all rows, in order, after a check of every part of each. */
  static List<Long> rows(BlockStore store) {
    return rows(store, BlockQuery.of("default", TimeRange.ALL));
  }

  static List<Long> rows(BlockStore store, BlockQuery query) {
    List<Long> rows = new ArrayList<>();
    try (BlockSnapshot snapshot = store.snapshot(query)) {
      snapshot.blocks().forEach(ref -> addRows(ref, rows));
      for (RunRef run : snapshot.runs()) {
        assertThat(TestRuns.isWhole(run)).as(run.name()).isTrue();
        run.blocks().forEach(ref -> addRows(ref, rows));
      }
    }
    return rows.stream().sorted().toList();
  }

  private static void addRows(BlockRef ref, List<Long> rows) {
    RowBlock block = (RowBlock) ref.open();
    for (int i = 0; i < block.rows(); i++) {
      check(block, i);
      rows.add(block.rowNumbers()[i]);
    }
  }

  private static void check(RowBlock block, int i) {
    long row = block.rowNumbers()[i];
    boolean whole =
        block.times()[i] == T0 + row
            && block.column(0)[i] == row * row
            && block.column(1)[i] == Hash.mix(row)
            && block.dictionary(0).get((int) block.dictionaryIds(0)[i]).equals(resource(row))
            && block.payload(i).equals(Slice.of(payload(row)))
            && block.mightContain(Hash.mix(row))
            && (block.service().isEmpty() || block.service().equals(service(row)));
    assertThat(whole).as("row %d in %s", row, block).isTrue();
  }

  static List<Long> upTo(long end) {
    return LongStream.range(0, end).boxed().toList();
  }

  /** What a killed process leaves: the files as they are. */
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
