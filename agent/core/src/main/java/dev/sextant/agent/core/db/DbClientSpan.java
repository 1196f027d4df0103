package dev.sextant.agent.core.db;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import dev.sextant.agent.core.context.Suppression;
import dev.sextant.agent.core.http.DurationHistogram;
import dev.sextant.agent.core.telemetry.Telemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The CLIENT span of one database call; one thread starts and ends it. */
public final class DbClientSpan {
  private static final AttributeKey<String> SYSTEM = stringKey("db.system.name");
  private static final AttributeKey<String> NAMESPACE = stringKey("db.namespace");
  private static final AttributeKey<String> COLLECTION = stringKey("db.collection.name");
  private static final AttributeKey<String> OPERATION = stringKey("db.operation.name");
  private static final AttributeKey<Long> BATCH_SIZE = longKey("db.operation.batch.size");
  private static final AttributeKey<String> TEXT = stringKey("db.query.text");
  private static final AttributeKey<String> SUMMARY = stringKey("db.query.summary");
  private static final AttributeKey<String> STATUS = stringKey("db.response.status_code");
  private static final AttributeKey<String> HOST = stringKey("server.address");
  private static final AttributeKey<Long> PORT = longKey("server.port");
  private static final AttributeKey<String> ERROR_TYPE = stringKey("error.type");

  private static final ContextKey<DbClientSpan> KEY = ContextKey.named("sextant-db-client");

  private final long startNanos = System.nanoTime();
  private final Attributes dimensions;
  private final Span span;
  private final Context context;

  private DbClientSpan(String instrumentation, Context parent, Database database, SqlText sql) {
    this.dimensions = dimensions(database, sql);
    SpanBuilder builder =
        Telemetry.tracer(instrumentation)
            .spanBuilder(sql.summary == null ? database.system : sql.summary)
            .setParent(parent)
            .setSpanKind(SpanKind.CLIENT)
            .setAllAttributes(dimensions)
            .setAttribute(TEXT, sql.sanitized);
    if (sql.summary != null) {
      builder.setAttribute(SUMMARY, sql.summary);
    }
    this.span = builder.startSpan();
    this.context = parent.with(span).with(KEY, this);
  }

  /** Null inside another database call, and for calls of the agent itself. */
  public static @Nullable DbClientSpan start(
      String instrumentation, Context parent, Database database, SqlText sql) {
    if (Suppression.isActive(parent) || parent.get(KEY) != null) {
      return null;
    }
    return new DbClientSpan(instrumentation, parent, database, sql);
  }

  public Context context() {
    return context;
  }

  /** How many statements one call carries; one is no batch. */
  public void batchSize(long size) {
    if (size != 1) {
      span.setAttribute(BATCH_SIZE, size);
    }
  }

  public void end(@Nullable Throwable error) {
    Attributes recorded = dimensions;
    if (error != null) {
      span.recordException(error);
      span.setStatus(StatusCode.ERROR);
      AttributesBuilder failure = Attributes.builder().put(ERROR_TYPE, error.getClass().getName());
      String state = error instanceof SQLException ? ((SQLException) error).getSQLState() : null;
      if (state != null) {
        failure.put(STATUS, state);
      }
      Attributes attributes = failure.build();
      span.setAllAttributes(attributes);
      recorded = dimensions.toBuilder().putAll(attributes).build();
    }
    span.end();
    Durations.CLIENT.record((System.nanoTime() - startNanos) / 1e9, recorded, context);
  }

  private static Attributes dimensions(Database database, SqlText sql) {
    AttributesBuilder attributes = Attributes.builder().put(SYSTEM, database.system);
    put(attributes, NAMESPACE, database.namespace);
    put(attributes, HOST, database.host);
    if (database.port > 0) {
      attributes.put(PORT, (long) database.port);
    }
    put(attributes, OPERATION, sql.operation);
    put(attributes, COLLECTION, sql.collection);
    return attributes.build();
  }

  private static void put(
      AttributesBuilder attributes, AttributeKey<String> key, @Nullable String value) {
    if (value != null) {
      attributes.put(key, value);
    }
  }

  private static final class Durations {
    static final DoubleHistogram CLIENT =
        DurationHistogram.database("db.client.operation.duration");
  }
}
