package dev.sextant.storage.block;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.FilterIndexOutput;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;

/**
 * A disk of a machine whose power fails: at some operation everything stops, and what was not
 * synced is lost, cut, garbled or there, by a seed. The crash is played, so that nothing need reach
 * a real disk.
 */
final class CrashDisk {
  private int operations;
  private int dieAt = Integer.MAX_VALUE;
  private boolean dead;
  private final Set<Path> unsynced = new HashSet<>();
  private final List<Path[]> renames = new ArrayList<>();

  /** The n-th operation from now on is not done, nor any after it. */
  synchronized void dieAt(int n) {
    dieAt = operations + n;
  }

  synchronized boolean isDead() {
    return dead;
  }

  private synchronized void operate(String what) throws IOException {
    operations++;
    dead |= operations >= dieAt;
    if (dead) {
      throw new IOException("the power is off: " + what);
    }
  }

  /** What is found after the crash, in another directory. */
  synchronized void copy(Path from, Path to, long seed) throws IOException {
    Random random = new Random(seed);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.sorted().toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else if (!unsynced.contains(file)) {
          Files.copy(file, target);
        } else {
          copyUnsynced(file, target, random);
        }
      }
    }
    for (Path[] rename : renames.reversed()) {
      Path renamed = to.resolve(from.relativize(rename[1]).toString());
      if (random.nextBoolean() && Files.exists(renamed)) {
        Files.move(renamed, to.resolve(from.relativize(rename[0]).toString()));
      }
    }
  }

  private static void copyUnsynced(Path file, Path target, Random random) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    switch (random.nextInt(4)) {
      case 0 -> {} // lost
      case 1 -> Files.write(target, Arrays.copyOf(bytes, bytes.length / 2));
      case 2 -> {
        for (int i = 0; i < bytes.length; i += 1 + random.nextInt(64)) {
          bytes[i] ^= (byte) (1 << random.nextInt(8));
        }
        Files.write(target, bytes);
      }
      default -> Files.write(target, bytes);
    }
  }

  Directory wrap(Path path, Directory directory) {
    return new FilterDirectory(directory) {
      @Override
      public IndexOutput createOutput(String name, IOContext context) throws IOException {
        operate("create " + name);
        synchronized (CrashDisk.this) {
          unsynced.add(path.resolve(name));
        }
        return new FilterIndexOutput("on " + name, name, in.createOutput(name, context)) {
          @Override
          public void writeBytes(byte[] bytes, int offset, int length) throws IOException {
            operate("write " + name);
            super.writeBytes(bytes, offset, length);
          }

          @Override
          public void close() throws IOException {
            try (IndexOutput closing = out) {
              operate("close " + closing.getName());
            }
          }
        };
      }

      @Override
      public void sync(Collection<String> names) throws IOException {
        operate("sync " + names);
        synchronized (CrashDisk.this) {
          names.forEach(name -> unsynced.remove(path.resolve(name)));
        }
      }

      @Override
      public void rename(String source, String target) throws IOException {
        operate("rename " + source);
        super.rename(source, target);
        synchronized (CrashDisk.this) {
          if (unsynced.remove(path.resolve(source))) {
            unsynced.add(path.resolve(target));
          }
          renames.add(new Path[] {path.resolve(source), path.resolve(target)});
        }
      }

      @Override
      public void syncMetaData() throws IOException {
        operate("sync the directory");
        synchronized (CrashDisk.this) {
          renames.clear();
        }
      }

      @Override
      public void deleteFile(String name) throws IOException {
        operate("delete " + name);
        super.deleteFile(name);
      }
    };
  }
}
