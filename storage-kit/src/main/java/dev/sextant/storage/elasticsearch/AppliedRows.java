package dev.sextant.storage.elasticsearch;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * How far the journal has been applied, kept in a document of its own in {@code PREFIX-state}, so
 * that it survives where there is no local directory.
 */
final class AppliedRows {
  private static final String FIELD = "applied_up_to";

  private final ElasticsearchConnection connection;
  private final String index;
  private final String id;

  AppliedRows(ElasticsearchConnection connection, String stream, String journal) {
    this.connection = connection;
    this.index = connection.settings().indexPrefix() + "-state";
    this.id = stream + "-" + journal;
  }

  /** The number last written, or 0. */
  long read() {
    return connection.call(
        "read how far " + id + " got",
        client -> {
          try {
            @Nullable ObjectNode state =
                client.get(g -> g.index(index).id(id), ObjectNode.class).source();
            return state == null ? 0 : state.path(FIELD).asLong();
          } catch (ElasticsearchException e) {
            if (e.status() == 404) {
              return 0L;
            }
            throw e;
          }
        });
  }

  /** Durable when it returns. */
  void write(long row) {
    ObjectNode state = JsonNodeFactory.instance.objectNode().put(FIELD, row);
    connection.call(
        "note how far " + id + " got",
        client -> client.index(i -> i.index(index).id(id).document(state)));
  }
}
