package dev.sextant.storage.otlp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks a whole request once, deeply, and tells good rows from bad ones, so that whatever passes
 * decodes without error for ever after. Damage to the wire format is no row's problem: it fails the
 * request.
 */
public final class RowValidator {
  private final OtlpLimits limits;
  private final RowCheck check;

  /** Judges one row. */
  @FunctionalInterface
  public interface RowCheck {
    /**
     * Reads a row's message to its end.
     *
     * @param row before the row's first field
     * @return what is wrong with the row, or null
     * @throws MalformedOtlpException where it is damaged
     */
    @Nullable RowProblem problem(ProtoReader row);
  }

  public RowValidator(OtlpLimits limits, RowCheck check) {
    this.limits = limits;
    this.check = check;
  }

  /**
   * Validates a request.
   *
   * @param request whose bytes do not change any more: where all rows are good, and it has an
   *     array, they are not copied
   * @throws MalformedOtlpException where the request as a whole cannot be read
   */
  public Validation validate(ByteBuffer request) {
    Slice bytes = Slice.of(request);
    RowCursor cursor = new RowCursor(bytes, limits);
    ProtoReader reader = new ProtoReader(bytes, limits.maxDepth());
    List<RejectedRow> problems = new ArrayList<>();
    RowRewriter kept = new RowRewriter();
    int resource = -1;
    int scope = -1;
    int rejected = 0;
    int untimely = 0;
    while (cursor.next()) {
      if (cursor.resourceOrdinal() != resource) {
        resource = cursor.resourceOrdinal();
        reader.reset(cursor.resourceBytes().from(), cursor.resourceBytes().to());
        OtlpCheck.resource(reader);
      }
      if (cursor.scopeOrdinal() != scope) {
        scope = cursor.scopeOrdinal();
        reader.reset(cursor.scopeBytes().from(), cursor.scopeBytes().to());
        OtlpCheck.scope(reader);
      }
      RowProblem problem = problem(cursor, reader);
      if (problem != null) {
        if (rejected == 0) {
          kept.addAllBefore(bytes, cursor.index(), limits);
        }
        rejected++;
        untimely += problem.untimely() ? 1 : 0;
        if (problems.size() < Validation.MAX_PROBLEMS) {
          problems.add(new RejectedRow(cursor.index(), problem.text()));
        }
      } else if (rejected > 0) {
        kept.add(cursor);
      }
    }
    ByteBuffer cleaned = rejected == 0 ? bytes.buffer() : kept.finish();
    return new Validation(cursor.index() + 1 - rejected, rejected, untimely, problems, cleaned);
  }

  private @Nullable RowProblem problem(RowCursor cursor, ProtoReader reader) {
    reader.reset(cursor.rowFrom(), cursor.rowTo());
    RowProblem problem = check.problem(reader);
    int length = cursor.rowTo() - cursor.rowFrom();
    if (problem == null && length > limits.maxRowBytes()) {
      return RowProblem.of(
          "it is %d bytes long, more than ingest.limits.otlp-row-bytes (%d)"
              .formatted(length, limits.maxRowBytes()));
    }
    return problem;
  }
}
