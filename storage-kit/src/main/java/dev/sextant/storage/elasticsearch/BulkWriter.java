package dev.sextant.storage.elasticsearch;

import co.elastic.clients.elasticsearch.core.BulkRequest;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import co.elastic.clients.util.BinaryData;
import co.elastic.clients.util.ContentType;
import dev.sextant.storage.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates documents by {@code _bulk}, each under an id made of journal and row. A document that is
 * there already counts as created. For one thread, but for the counter.
 */
final class BulkWriter {
  private static final Logger LOG = LoggerFactory.getLogger(BulkWriter.class);
  private static final int REQUEST_BYTES = 8 << 20;
  private static final int CONFLICT = 409;
  private static final int BAD_REQUEST = 400;

  private final ElasticsearchConnection connection;
  private final String stream;
  private final String journal;
  private final AtomicLong refused = new AtomicLong();

  BulkWriter(ElasticsearchConnection connection, String stream, String journal) {
    this.connection = connection;
    this.stream = stream;
    this.journal = journal;
  }

  /**
   * Writes documents, durable when it returns. Some may be there although it throws.
   *
   * @throws StoreException where the cluster cannot take all of them now
   */
  void write(List<RowDocument> documents) {
    List<BulkOperation> operations = new ArrayList<>();
    long bytes = 0;
    for (RowDocument document : documents) {
      if (bytes + document.json().length > REQUEST_BYTES && !operations.isEmpty()) {
        send(operations);
        operations = new ArrayList<>();
        bytes = 0;
      }
      operations.add(create(document));
      bytes += document.json().length;
    }
    if (!operations.isEmpty()) {
      send(operations);
    }
  }

  private BulkOperation create(RowDocument document) {
    String id = journal + "-" + document.row();
    BinaryData json = BinaryData.of(document.json(), ContentType.APPLICATION_JSON);
    return BulkOperation.of(o -> o.create(c -> c.id(id).document(json)));
  }

  private void send(List<BulkOperation> operations) {
    BulkRequest request = BulkRequest.of(b -> b.index(stream).operations(operations));
    BulkResponse answer = connection.call("write to " + stream, client -> client.bulk(request));
    if (!answer.errors()) {
      return;
    }
    List<BulkResponseItem> lasting = new ArrayList<>();
    for (BulkResponseItem item : answer.items()) {
      if (item.error() == null || item.status() == CONFLICT) {
        continue;
      }
      if (!isLasting(item)) {
        throw new StoreException(
            "Elasticsearch at %s cannot take a document of %s now: %s"
                .formatted(connection.settings().urls(), stream, reason(item)));
      }
      lasting.add(item);
    }
    if (!lasting.isEmpty()) {
      refused.addAndGet(lasting.size());
      LOG.error(
          "{} of {} documents were refused by {} for good and are lost; the first, {}: {}",
          lasting.size(),
          operations.size(),
          stream,
          lasting.getFirst().id(),
          reason(lasting.getFirst()));
    }
  }

  /**
   * Whether the document itself is what the cluster will not have. Anything else may pass: an
   * overload, a full disk, a write block, missing rights, no room for another backing index.
   */
  private static boolean isLasting(BulkResponseItem item) {
    return item.status() == BAD_REQUEST
        && item.error() != null
        && !"validation_exception".equals(item.error().type());
  }

  private static String reason(BulkResponseItem item) {
    var error = item.error();
    return error == null
        ? "status " + item.status()
        : "%d %s: %s".formatted(item.status(), error.type(), error.reason());
  }

  /** How many documents the cluster refused for good since this began. */
  long refused() {
    return refused.get();
  }
}
