package dev.sextant.testing.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an earlier program wrote, committed under {@code src/test/golden/KIND/FORMAT} of a module,
 * where FORMAT names the versions that its files carry: {@code data} is the store's directory,
 * beside it stands what was written into it. Later programs must read it, so none is ever changed.
 */
public record GoldenDirectory(Path path) {
  /** Writes the directory of a format that has none: {@code -Dsextant.golden=write}. */
  private static final boolean WRITE = "write".equals(System.getProperty("sextant.golden"));

  private static final Path ROOT = Path.of("src/test/golden");

  /** Fills an empty directory with {@code data} and what stands beside it. */
  @FunctionalInterface
  public interface Writer {
    void write(Path directory) throws Exception;
  }

  /** All of a kind, by name. */
  public static List<GoldenDirectory> all(String kind) {
    try (Stream<Path> directories = Files.list(ROOT.resolve(kind))) {
      return directories.sorted().map(GoldenDirectory::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("there are no golden directories of " + kind, e);
    }
  }

  /**
   * That of the format which this program writes. Where there is none it is written, if asked for.
   *
   * @throws AssertionError where there is none; what to do about it is in the message
   */
  public static GoldenDirectory of(String kind, String format, Writer writer) throws Exception {
    Path path = ROOT.resolve(kind).resolve(format);
    if (!Files.exists(path)) {
      if (!WRITE) {
        throw new AssertionError(
            path
                + " is missing: a format that changes gets a directory of its own, which this test"
                + " writes with -Dsextant.golden=write; those that are there stay as they are");
      }
      Files.createDirectories(path);
      writer.write(path);
    }
    return new GoldenDirectory(path);
  }

  /** The store's directory, copied so that it can be opened. */
  public Path dataCopiedTo(Path target) {
    return copy(data(), target);
  }

  /** The store's directory as it is committed. */
  public Path data() {
    return path.resolve("data");
  }

  /** Files below {@code name}, by name. */
  public List<Path> files(String name) throws IOException {
    try (Stream<Path> files = Files.list(path.resolve(name))) {
      return files.sorted().toList();
    }
  }

  /** Copies a directory with all that is in it. */
  public static Path copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot copy " + from + " to " + to, e);
    }
  }

  @Override
  public String toString() {
    return path.getFileName().toString();
  }
}
