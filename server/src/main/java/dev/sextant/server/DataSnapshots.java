package dev.sextant.server;

import dev.sextant.api.admin.Snapshots;
import dev.sextant.storage.StoreException;
import dev.sextant.storage.file.Disk;
import dev.sextant.storage.file.FileLinks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Copies of the data directory below {@code snapshots/}, each a data directory itself, named by the
 * UTC time of its making. One that a crash cut short keeps the suffix {@code .partial} and is
 * deleted when the next is taken.
 */
final class DataSnapshots implements Snapshots {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final String PARTIAL = ".partial";

  /** Of this process, not of the data. */
  private static final Set<String> LEFT_OUT = Set.of("lock", "ports.json");

  private final Path data;
  private final Path directory;
  private final Signals signals;
  private final int max;
  private final InstantSource clock;

  DataSnapshots(Path data, Signals signals, int max, InstantSource clock) {
    this.data = data;
    this.directory = data.resolve("snapshots");
    this.signals = signals;
    this.max = max;
    this.clock = clock;
  }

  @Override
  public synchronized Snapshot take() {
    try {
      Disk.local().createDirectories(directory);
      deletePartial();
      refuseTooMany();
      Path target = directory.resolve(NAME.format(clock.instant()));
      Path partial = directory.resolve(target.getFileName() + PARTIAL);
      Disk.local().createDirectories(partial);
      signals.snapshot(partial);
      copyOthers(partial);
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
      Disk.local().syncDirectory(directory);
      return new Snapshot(target.toAbsolutePath().toString(), DirectorySize.of(target));
    } catch (IOException e) {
      throw new StoreException("no snapshot could be taken in " + directory + ": " + e, e);
    }
  }

  private void refuseTooMany() throws IOException {
    long there = entries(directory).size();
    if (there >= max) {
      throw new TooManyException(
          "storage.max-snapshots (%d) reached: delete one of the %d in %s, or raise it"
              .formatted(max, there, directory));
    }
  }

  private void deletePartial() throws IOException {
    for (Path entry : entries(directory)) {
      if (entry.toString().endsWith(PARTIAL)) {
        try (Stream<Path> files = Files.walk(entry)) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
    }
  }

  /** Small files beside the signals: states of alerts, colours. Each is replaced as a whole. */
  private void copyOthers(Path target) throws IOException {
    for (Path file : Disk.local().list(data)) {
      String name = String.valueOf(file.getFileName());
      if (!LEFT_OUT.contains(name) && !name.endsWith(".tmp")) {
        FileLinks.copy(file, target.resolve(name), Long.MAX_VALUE);
      }
    }
    Disk.local().syncDirectory(target);
  }

  private static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }
}
