package dev.sextant.storage.block;

import dev.sextant.storage.codec.ByteSource;
import dev.sextant.storage.codec.Hash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Runs of {@link TestRows}: rows by a hash of their numbers, eight to a block, those of growing
 * blocks left over. The index holds how many blocks there are.
 */
class TestRuns implements RunLayout {
  static final int BLOCK_ROWS = 8;

  /** {@link TestRows#LAYOUT} with runs. */
  record Layout(RunLayout runs) implements BlockLayout {
    @Override
    public BlockSchema schema() {
      return TestRows.SCHEMA;
    }

    @Override
    public void write(RowBlock block, BlockContent content) {
      TestRows.LAYOUT.write(block, content);
    }

    @Override
    public Block open(StoredParts parts) {
      return TestRows.LAYOUT.open(parts);
    }

    @Override
    public void rewrite(StoredParts parts, BlockContent content) {
      TestRows.LAYOUT.rewrite(parts, content);
    }
  }

  @Override
  public List<String> numbers() {
    return List.of("rows");
  }

  @Override
  public Run write(
      List<StoredParts> blocks, boolean[] growing, List<RunRef> earlier, Runnable checkpoint) {
    List<Long> taken = new ArrayList<>();
    List<Long> left = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      RowBlock rows = (RowBlock) TestRows.LAYOUT.open(blocks.get(i));
      for (int row = 0; row < rows.rows(); row++) {
        (growing[i] ? left : taken).add(rows.rowNumbers()[row]);
      }
      checkpoint.run();
    }
    taken.sort(Comparator.comparingLong(Hash::mix));
    List<Run.Sealed> sealed = new ArrayList<>();
    for (int from = 0; from < taken.size(); from += BLOCK_ROWS) {
      List<Long> rows = taken.subList(from, Math.min(taken.size(), from + BLOCK_ROWS));
      RowBlock block = block(rows);
      BlockContent content = new BlockContent();
      TestRows.LAYOUT.write(block, content);
      content.number("rows", rows.size());
      sealed.add(new Run.Sealed(rows.size(), block.minTime(), block.maxTime(), content));
    }
    List<Run.Rest> rest = left.isEmpty() ? List.of() : List.of(rest(left));
    return new Run(index(sealed.size()), sealed, rest);
  }

  private static Run.Rest rest(List<Long> rows) {
    RowBlock block = block(rows);
    BlockContent content = new BlockContent();
    TestRows.LAYOUT.write(block, content);
    long last = rows.getLast();
    return new Run.Rest(
        rows.size(), rows.getFirst(), last, block.minTime(), block.maxTime(), 16, content);
  }

  private static RowBlock block(List<Long> rows) {
    HeapBlock heap = new HeapBlock(new StreamKey("default", "", 0), TestRows.SCHEMA, 0);
    for (long number : rows) {
      BlockRow row = new BlockRow(TestRows.SCHEMA);
      TestRows.fill(row, number);
      heap.append(row);
    }
    return heap.view();
  }

  private static BlockContent index(int blocks) {
    BlockContent content = new BlockContent();
    content.section().putVarint(blocks);
    content.part(indexPart(blocks));
    return content;
  }

  /** Too long for the header, so that a test can damage it. */
  static byte[] indexPart(int blocks) {
    return TestRows.summary(blocks + 7_000_000L);
  }

  @Override
  public Block openSealed(StoredParts parts) {
    return TestRows.LAYOUT.open(parts);
  }

  @Override
  public BlockContent index(List<StoredParts> blocks, StoredParts old) {
    return index(blocks.size());
  }

  @Override
  public void rewriteSealed(StoredParts parts, BlockContent content) {
    TestRows.LAYOUT.rewrite(parts, content);
  }

  /** Checks an index against its run. */
  static boolean isWhole(RunRef run) {
    StoredParts index = run.index();
    int blocks = new ByteSource(index.section()).getCount(1000);
    index.check();
    return blocks == run.size();
  }
}
