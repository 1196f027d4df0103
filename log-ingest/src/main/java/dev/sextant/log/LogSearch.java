package dev.sextant.log;

import dev.sextant.storage.block.BlockRef;
import dev.sextant.storage.block.BlockStore;
import dev.sextant.storage.block.PageToken;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Finds a page of lines and counts all that match. Holds the page's lines and one block, however
 * many match; blocks that cannot have part in the page are counted from their pre-counted levels
 * where the filter allows.
 */
final class LogSearch {
  private static final Comparator<LogLine> BY_TIME =
      Comparator.comparingLong(LogLine::timeNanos).thenComparingLong(LogLine::row);

  private final LogPlan.Search plan;
  private final LogScan scan;
  private final int limit;
  private final PageToken from;
  private final int fingerprint;

  /** The page's lines and one more, the last of them first. */
  private final PriorityQueue<LogLine> page;

  private long total;

  LogSearch(BlockStore blocks, LogPlan.Search plan) {
    this.plan = plan;
    this.scan = new LogScan(blocks, plan);
    this.limit = Math.clamp(plan.limit(), 1, 5000);
    this.fingerprint =
        List.of(plan.tenant(), plan.range(), plan.filter(), plan.newestFirst())
            .toString()
            .hashCode();
    PageToken start = plan.newestFirst() ? PageToken.NEWEST : PageToken.OLDEST;
    this.from = plan.pageToken() == null ? start : PageToken.parse(plan.pageToken(), fingerprint);
    this.page = new PriorityQueue<>(plan.newestFirst() ? BY_TIME : BY_TIME.reversed());
  }

  LogPlan.LogPage search() {
    Comparator<BlockRef> order =
        plan.newestFirst()
            ? Comparator.comparingLong(BlockRef::maxTime).reversed()
            : Comparator.comparingLong(BlockRef::minTime);
    boolean complete = scan.forEach(order, this::visit);
    List<LogLine> lines = new ArrayList<>(page);
    lines.sort(plan.newestFirst() ? BY_TIME.reversed() : BY_TIME);
    String next = null;
    if (lines.size() > limit) {
      lines.removeLast();
      LogLine last = lines.getLast();
      next = new PageToken(last.timeNanos(), last.row()).format(fingerprint);
    }
    return new LogPlan.LogPage(lines, total, complete, next);
  }

  private void visit(StoredLines lines) {
    if (!mayBeOnPage(lines)) {
      LevelCounts counts = scan.counts(lines);
      if (!counts.isEmpty()) {
        addCounts(counts);
        return;
      }
    }
    int rows = lines.block().rows();
    for (int i = 0; i < rows; i++) {
      int index = plan.newestFirst() ? rows - 1 - i : i;
      if (scan.matches(lines, index)) {
        total++;
        offer(lines, index);
      }
    }
  }

  private void addCounts(LevelCounts counts) {
    for (long[] levels : counts.minutes().values()) {
      for (int level = 0; level < levels.length; level++) {
        total += scan.matcher().takesLevel(level) ? levels[level] : 0;
      }
    }
  }

  private boolean mayBeOnPage(StoredLines lines) {
    long min = lines.block().minTime();
    long max = lines.block().maxTime();
    boolean behindToken = plan.newestFirst() ? min <= from.timeNanos() : max >= from.timeNanos();
    if (!behindToken || page.size() <= limit) {
      return behindToken;
    }
    long worst = page.element().timeNanos();
    return plan.newestFirst() ? max >= worst : min <= worst;
  }

  private void offer(StoredLines lines, int index) {
    long time = lines.times()[index];
    long row = lines.block().rowNumbers()[index];
    if (!isBefore(from.timeNanos(), from.row(), time, row)) {
      return;
    }
    if (page.size() > limit) {
      LogLine worst = page.element();
      if (!isBefore(time, row, worst.timeNanos(), worst.row())) {
        return;
      }
      page.remove();
    }
    page.add(lines.decode(index));
  }

  /** Whether one place stands before another in the page's order. */
  private boolean isBefore(long time, long row, long otherTime, long otherRow) {
    if (time == otherTime) {
      return plan.newestFirst() ? row > otherRow : row < otherRow;
    }
    return plan.newestFirst() ? time > otherTime : time < otherTime;
  }
}
