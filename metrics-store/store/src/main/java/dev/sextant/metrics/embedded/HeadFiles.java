package dev.sextant.metrics.embedded;

import dev.sextant.metrics.UnknownVersionException;
import dev.sextant.storage.StoreException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The chain of head files in a directory: one base, then deltas, each named {@code
 * SEQUENCE-FROM-TO.base} or {@code .delta} after the journal rows it covers. A base stands for all
 * before it; those are deleted once it is durable. Used by the writer alone.
 */
final class HeadFiles {
  /** Deltas after which a base is written in their place, so that opening stays quick. */
  static final int MANY = 256;

  private static final Logger LOG = LoggerFactory.getLogger(HeadFiles.class);
  private static final Pattern NAME = Pattern.compile("(\\d{12})-(\\d+)-(\\d+)\\.(base|delta)");

  private record Entry(Path path, long sequence, long from, long to, boolean base) {
    static @Nullable Entry of(Path path) {
      Matcher name = NAME.matcher(path.getFileName().toString());
      return name.matches()
          ? new Entry(
              path,
              Long.parseLong(name.group(1)),
              Long.parseLong(name.group(2)),
              Long.parseLong(name.group(3)),
              name.group(4).equals("base"))
          : null;
    }
  }

  private final Path directory;
  private final StoreFiles files;
  private final List<Entry> chain = new ArrayList<>();
  private long row;
  private boolean hole;
  private long damaged;

  HeadFiles(Path directory, StoreFiles files) {
    this.directory = directory;
    this.files = files;
  }

  /** The number after the last journal row that the chain covers without a gap. */
  long row() {
    return row;
  }

  /** The number after the last journal row that the base stands for. */
  long baseRow() {
    return chain.isEmpty() || !chain.get(0).base ? 0 : chain.get(0).to;
  }

  /** Files found damaged and put aside. */
  long damaged() {
    return damaged;
  }

  boolean needsBase() {
    return chain.size() > MANY || hole;
  }

  /**
   * Reads the chain. A damaged file is renamed to {@code *.damaged}, {@link #row} stays where it
   * began, and the rest is read all the same: a journal that still has those rows fills the hole.
   */
  void open(HeadFile.Target target) {
    files.createDirectories(directory);
    for (Path path : files.list(directory)) {
      Entry entry = Entry.of(path);
      if (entry != null) {
        chain.add(entry);
      }
    }
    int base = chain.size() - 1;
    while (base > 0 && !chain.get(base).base) {
      base--;
    }
    for (Entry old : List.copyOf(chain.subList(0, Math.max(0, base)))) {
      files.delete(old.path);
      chain.remove(old);
    }
    for (Entry entry : List.copyOf(chain)) {
      read(entry, target);
    }
  }

  private void read(Entry entry, HeadFile.Target target) {
    try {
      HeadFile.read(files.read(entry.path), entry.path.toString(), target);
      row = hole ? row : entry.to;
    } catch (UnknownVersionException unknown) {
      throw unknown;
    } catch (StoreException failure) {
      row = hole ? row : entry.from;
      hole = true;
      damaged++;
      chain.remove(entry);
      Path aside = entry.path.resolveSibling(entry.path.getFileName() + ".damaged");
      files.rename(entry.path, aside);
      LOG.error(
          "{}; put aside as {}: samples of journal rows {} to {} are lost unless the journal still has them",
          failure.getMessage(),
          aside.getFileName(),
          entry.from,
          entry.to - 1);
    }
  }

  /** Adds what came since {@link #row} up to another; durable when it returns. */
  void delta(ByteBuffer content, long toRow) {
    Entry entry = write(content, toRow, "delta");
    chain.add(entry);
    row = toRow;
  }

  /** Puts one file in the place of the whole chain; durable when it returns. */
  void base(ByteBuffer content, long toRow) {
    Entry entry = write(content, toRow, "base");
    List<Entry> old = List.copyOf(chain);
    chain.clear();
    chain.add(entry);
    row = toRow;
    hole = false;
    old.forEach(each -> files.delete(each.path));
  }

  private Entry write(ByteBuffer content, long toRow, String kind) {
    long sequence = chain.isEmpty() ? 1 : chain.get(chain.size() - 1).sequence + 1;
    Path path = directory.resolve(String.format("%012d-%d-%d.%s", sequence, row, toRow, kind));
    files.replace(path, content);
    return new Entry(path, sequence, row, toRow, kind.equals("base"));
  }
}
