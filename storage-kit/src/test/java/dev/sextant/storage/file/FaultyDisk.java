package dev.sextant.storage.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A disk in memory that keeps no more of its promises than a real one: what was not synced is,
 * after {@link #powerLoss}, by chance there, gone, cut in half, zeroed or garbled, and so are
 * names. It fails a chosen write with "No space left on device" after a part of it, or a chosen
 * fsync, after which a further fsync of that file proves nothing. Thread-safe.
 */
public final class FaultyDisk implements Disk {
  private static final long NEVER = Long.MAX_VALUE;

  private final Random random;
  private final Map<Path, Inode> names = new TreeMap<>();
  private final Map<Path, Inode> durableNames = new HashMap<>();
  private long operations;
  private long writes;
  private long syncs;
  private long powerOffAt = NEVER;
  private long failWritesFrom = NEVER;
  private long failWritesUntil = NEVER;
  private long failSyncAt = NEVER;
  private boolean truncatesFail;
  private volatile Runnable beforeSync = () -> {};
  private long usableBytes = Long.MAX_VALUE;

  /** A file's content; edits since the last successful sync are what a power loss plays with. */
  private static final class Inode {
    byte[] durable = new byte[0];
    byte[] current = new byte[0];
    final List<Edit> pending = new ArrayList<>();

    /**
     * So many of the pending edits were in a failed sync; a later one decides by chance what became
     * of them.
     */
    int lost;
  }

  /** Bytes written at an offset, or a cut where there are none. */
  private record Edit(int offset, byte[] bytes) {}

  public FaultyDisk(long seed) {
    random = new Random(seed);
  }

  /**
   * The power goes in the middle of the n-th write, sync, create or delete from now, 1 being the
   * next.
   */
  public synchronized void powerOffAfter(long n) {
    powerOffAt = operations + n;
  }

  /**
   * The n-th write from now finds the disk full, 1 being the next, and so do the {@code count - 1}
   * after it.
   */
  public synchronized void fullAfter(long n, long count) {
    failWritesFrom = writes + n;
    failWritesUntil = failWritesFrom + count;
  }

  /** The disk is full from now on. */
  public synchronized void fill() {
    fullAfter(1, NEVER / 2);
  }

  public synchronized void makeRoom() {
    failWritesFrom = NEVER;
  }

  /** The n-th sync of a file from now fails, 1 being the next. */
  public synchronized void failSyncAfter(long n) {
    failSyncAt = syncs + n;
  }

  public synchronized void failTruncates() {
    truncatesFail = true;
  }

  public synchronized void usableBytes(long bytes) {
    usableBytes = bytes;
  }

  /** Runs before each sync of an open file, on the thread that syncs. */
  public void beforeSync(Runnable action) {
    beforeSync = action;
  }

  /** Successful or failed syncs of files so far. */
  public synchronized long syncs() {
    return syncs;
  }

  public synchronized long operations() {
    return operations;
  }

  /** A file's bytes as a reader sees them. */
  public synchronized byte[] content(Path file) {
    return names.get(file).current.clone();
  }

  /** Puts a file there, durable. */
  public synchronized void put(Path file, byte[] content) {
    Inode inode = new Inode();
    inode.durable = content.clone();
    inode.current = content.clone();
    names.put(file, inode);
    durableNames.put(file, inode);
  }

  /** A disk with the same files, all durable. */
  public synchronized FaultyDisk copy(long seed) {
    FaultyDisk copy = new FaultyDisk(seed);
    names.forEach((path, inode) -> copy.put(path, inode.current));
    return copy;
  }

  /** What is found when the power is back. This disk refuses everything from now on. */
  public synchronized FaultyDisk powerLoss() {
    powerOffAt = Math.min(powerOffAt, operations);
    FaultyDisk after = new FaultyDisk(random.nextLong());
    Set<Path> all = new HashSet<>(names.keySet());
    all.addAll(durableNames.keySet());
    for (Path path : all.stream().sorted().toList()) {
      Inode inode = (random.nextBoolean() ? names : durableNames).get(path);
      if (inode != null) {
        after.put(path, survivor(inode));
      }
    }
    return after;
  }

  /**
   * The process is killed, the power stays: what was written can be read, and is no more durable
   * than before.
   */
  public synchronized FaultyDisk kill() {
    powerOffAt = Math.min(powerOffAt, operations);
    FaultyDisk after = new FaultyDisk(random.nextLong());
    after.names.putAll(names);
    after.durableNames.putAll(durableNames);
    return after;
  }

  private byte[] survivor(Inode inode) {
    byte[] content = inode.durable;
    for (Edit edit : inode.pending) {
      content = byChance(content, edit);
    }
    return content;
  }

  private byte[] byChance(byte[] content, Edit edit) {
    return switch (random.nextInt(5)) {
      case 0 -> content;
      case 1 -> apply(content, edit);
      case 2 -> apply(content, new Edit(edit.offset, half(edit.bytes)));
      case 3 -> apply(content, new Edit(edit.offset, new byte[edit.bytes.length]));
      default -> apply(content, new Edit(edit.offset, flipped(edit.bytes)));
    };
  }

  private byte[] half(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length / 2);
  }

  private byte[] flipped(byte[] bytes) {
    byte[] flipped = bytes.clone();
    if (flipped.length > 0) {
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return flipped;
  }

  private static byte[] apply(byte[] content, Edit edit) {
    if (edit.bytes.length == 0) {
      return edit.offset < content.length ? Arrays.copyOf(content, edit.offset) : content;
    }
    byte[] longer =
        Arrays.copyOf(content, Math.max(content.length, edit.offset + edit.bytes.length));
    System.arraycopy(edit.bytes, 0, longer, edit.offset, edit.bytes.length);
    return longer;
  }

  private static void edit(Inode inode, Edit edit) {
    inode.pending.add(edit);
    inode.current = apply(inode.current, edit);
  }

  /** Counts an operation; true where the power goes during it. */
  private boolean step() throws IOException {
    if (operations >= powerOffAt) {
      throw new IOException("the power is off");
    }
    operations++;
    return operations >= powerOffAt;
  }

  private static void dieIf(boolean powerGoes) throws IOException {
    if (powerGoes) {
      throw new IOException("the power went");
    }
  }

  @Override
  public void createDirectories(Path directory) {}

  @Override
  public synchronized List<Path> list(Path directory) throws IOException {
    requirePower();
    return names.keySet().stream().filter(path -> directory.equals(path.getParent())).toList();
  }

  private void requirePower() throws IOException {
    if (operations >= powerOffAt) {
      throw new IOException("the power is off");
    }
  }

  @Override
  public synchronized AppendFile create(Path file) throws IOException {
    boolean powerGoes = step();
    if (names.containsKey(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    Inode inode = new Inode();
    names.put(file, inode);
    dieIf(powerGoes);
    return new Appending(inode);
  }

  @Override
  public synchronized ReadFile open(Path file) throws IOException {
    requirePower();
    return new Reading(inode(file));
  }

  private Inode inode(Path file) throws NoSuchFileException {
    Inode inode = names.get(file);
    if (inode == null) {
      throw new NoSuchFileException(file.toString());
    }
    return inode;
  }

  @Override
  public synchronized void sync(Path file) throws IOException {
    sync(inode(file));
  }

  private void sync(Inode inode) throws IOException {
    boolean powerGoes = step();
    syncs++;
    dieIf(powerGoes);
    if (syncs == failSyncAt) {
      inode.lost = inode.pending.size();
      throw new IOException("Input/output error");
    }
    for (int i = 0; i < inode.pending.size(); i++) {
      Edit edit = inode.pending.get(i);
      inode.durable = i < inode.lost ? byChance(inode.durable, edit) : apply(inode.durable, edit);
    }
    inode.pending.clear();
    inode.lost = 0;
  }

  private void write(Inode inode, ByteBuffer bytes) throws IOException {
    boolean powerGoes = step();
    writes++;
    boolean full = writes >= failWritesFrom && writes < failWritesUntil;
    byte[] written = new byte[full ? bytes.remaining() / 2 : bytes.remaining()];
    bytes.get(written);
    if (written.length > 0) {
      edit(inode, new Edit(inode.current.length, written));
    }
    dieIf(powerGoes);
    if (full) {
      throw new IOException("No space left on device");
    }
  }

  @Override
  public synchronized void replace(Path file, ByteBuffer content) throws IOException {
    Inode inode = new Inode();
    write(inode, content.duplicate());
    sync(inode);
    boolean powerGoes = step();
    names.put(file, inode);
    dieIf(powerGoes);
    syncDirectory(file.getParent());
  }

  @Override
  public synchronized void delete(Path file) throws IOException {
    boolean powerGoes = step();
    names.remove(file);
    dieIf(powerGoes);
  }

  @Override
  public synchronized void syncDirectory(Path directory) throws IOException {
    boolean powerGoes = step();
    dieIf(powerGoes);
    durableNames.keySet().removeIf(path -> directory.equals(path.getParent()));
    names.forEach(
        (path, inode) -> {
          if (directory.equals(path.getParent())) {
            durableNames.put(path, inode);
          }
        });
  }

  @Override
  public synchronized long usableBytes(Path path) {
    return usableBytes;
  }

  private final class Appending implements AppendFile {
    private final Inode inode;

    Appending(Inode inode) {
      this.inode = inode;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
      synchronized (FaultyDisk.this) {
        FaultyDisk.this.write(inode, bytes);
      }
    }

    @Override
    public void sync() throws IOException {
      beforeSync.run();
      synchronized (FaultyDisk.this) {
        FaultyDisk.this.sync(inode);
      }
    }

    @Override
    public void truncate(long length) throws IOException {
      synchronized (FaultyDisk.this) {
        boolean powerGoes = step();
        if (truncatesFail) {
          throw new IOException("Input/output error");
        }
        edit(inode, new Edit((int) length, new byte[0]));
        dieIf(powerGoes);
      }
    }

    @Override
    public void close() {}
  }

  private final class Reading implements ReadFile {
    private final Inode inode;

    Reading(Inode inode) {
      this.inode = inode;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      synchronized (FaultyDisk.this) {
        requirePower();
        int available = inode.current.length - (int) position;
        if (available <= 0) {
          return -1;
        }
        int count = Math.min(available, target.remaining());
        target.put(inode.current, (int) position, count);
        return count;
      }
    }

    @Override
    public long length() {
      synchronized (FaultyDisk.this) {
        return inode.current.length;
      }
    }

    @Override
    public void close() {}
  }
}
