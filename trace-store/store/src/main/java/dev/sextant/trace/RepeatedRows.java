package dev.sextant.trace;

import dev.sextant.storage.otlp.Slice;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Rows with the trace, span id and kind of one that arrived before them. Of those that are equal to
 * it in every field nothing is lost when they are left out. For one thread.
 */
final class RepeatedRows {
  private final RunRows rows;
  private final List<Integer> repeated = new ArrayList<>();

  RepeatedRows(RunRows rows) {
    this.rows = rows;
  }

  void add(int row) {
    repeated.add(row);
  }

  private record Identity(int trace, long spanId, byte kind) {}

  /** Those that are not equal to the row that they repeat, by arrival. */
  List<Integer> unequal(RunOrder order, Runnable checkpoint) {
    if (repeated.isEmpty()) {
      return List.of();
    }
    repeated.sort(null);
    Map<Identity, Integer> firsts = new HashMap<>();
    for (int row : repeated) {
      firsts.computeIfAbsent(identity(row), identity -> first(order, identity));
    }
    Map<Integer, Slice> contents = contents(firsts.values(), checkpoint);
    return repeated.stream()
        .filter(row -> !Objects.equals(contents.get(row), contents.get(firsts.get(identity(row)))))
        .toList();
  }

  private Identity identity(int row) {
    return new Identity(rows.traces[row], rows.spanIds[row], rows.kinds[row]);
  }

  /** The row that stands for all of an identity. */
  private int first(RunOrder order, Identity identity) {
    int from = order.from(identity.trace);
    for (int place = from; place < from + order.sizes[identity.trace]; place++) {
      if (identity(order.sorted[place]).equals(identity)) {
        return order.sorted[place];
      }
    }
    throw new IllegalStateException("no row stands for " + identity);
  }

  /** What rows hold, as digests of their messages and all that stands around them. */
  private Map<Integer, Slice> contents(Iterable<Integer> firsts, Runnable checkpoint) {
    Map<Integer, List<Integer>> byBlock = new TreeMap<>();
    repeated.forEach(
        row -> byBlock.computeIfAbsent(rows.blockOf(row), b -> new ArrayList<>()).add(row));
    firsts.forEach(
        row -> byBlock.computeIfAbsent(rows.blockOf(row), b -> new ArrayList<>()).add(row));
    Map<Integer, Slice> contents = new HashMap<>();
    for (Map.Entry<Integer, List<Integer>> each : byBlock.entrySet()) {
      ArrivalSpanBlock block =
          new ArrivalSpanBlock(new StoredSpanTables(rows.blocks.get(each.getKey()).parts));
      int from = rows.from[each.getKey()];
      each.getValue().stream()
          .distinct()
          .sorted()
          .forEach(row -> contents.put(row, content(block.assembler(), row - from)));
      checkpoint.run();
    }
    return contents;
  }

  private static Slice content(SpanAssembler assembler, int row) {
    MessageDigest digest = sha256();
    update(digest, assembler.message(row));
    update(digest, assembler.groups().resourceEntry(assembler.resourceOf(row)));
    update(digest, assembler.groups().scopeEntry(assembler.scopeOf(row)));
    return Slice.of(digest.digest());
  }

  private static void update(MessageDigest digest, Slice part) {
    digest.update(ByteBuffer.allocate(4).putInt(part.length()).flip());
    digest.update(part.bytes(), part.from(), part.length());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
