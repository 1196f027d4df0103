package dev.sextant.traceql.spanset;

import dev.sextant.trace.model.RowSet;
import dev.sextant.trace.model.SpanBatch;
import java.util.ArrayList;
import java.util.List;

/** What a step takes. */
sealed interface SpansetInput {
  /** The rows of all its spansets. */
  RowSet rows();

  /** Its spansets, narrowed to the rows of a set; those that are left, by origin. */
  List<Spanset> narrowed(RowSet to);

  /** Its spansets; each is its own origin. */
  List<Spanset> spansets();

  /** Every trace of a batch as one spanset. */
  record Everything(SpanBatch batch) implements SpansetInput {
    @Override
    public RowSet rows() {
      return RowSet.all(batch.rows());
    }

    @Override
    public List<Spanset> narrowed(RowSet to) {
      List<Spanset> spansets = new ArrayList<>();
      int trace = 0;
      for (int row = to.next(0); row >= 0; row = to.next(batch.traceFrom(trace + 1))) {
        while (batch.traceFrom(trace + 1) <= row) {
          trace++;
        }
        int[] rows = Rows.of(to, row, batch.traceFrom(trace + 1));
        spansets.add(new Spanset(trace, trace, rows, List.of()));
      }
      return spansets;
    }

    @Override
    public List<Spanset> spansets() {
      return narrowed(rows());
    }
  }

  /**
   * Spansets of an earlier step.
   *
   * @param size of the batch
   */
  record Listed(int size, List<Spanset> given) implements SpansetInput {
    @Override
    public RowSet rows() {
      RowSet rows = RowSet.none(size);
      for (Spanset spanset : given) {
        for (int row : spanset.rows()) {
          rows.add(row);
        }
      }
      return rows;
    }

    @Override
    public List<Spanset> narrowed(RowSet to) {
      List<Spanset> spansets = new ArrayList<>();
      for (int i = 0; i < given.size(); i++) {
        Spanset spanset = given.get(i);
        int[] rows = Rows.in(to, spanset.rows());
        if (rows.length > 0) {
          spansets.add(new Spanset(i, spanset.trace(), rows, spanset.attributes()));
        }
      }
      return spansets;
    }

    @Override
    public List<Spanset> spansets() {
      List<Spanset> spansets = new ArrayList<>(given.size());
      for (int i = 0; i < given.size(); i++) {
        spansets.add(given.get(i).withOrigin(i));
      }
      return spansets;
    }
  }
}
