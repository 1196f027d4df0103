/**
 * Names of spans that hold a path become names of operations: {@code GET /orders/8213/items} is
 * {@code GET /orders/{id}/items}. {@link dev.sextant.collector.operation.OperationNames} is the
 * door; it stands in front of the span journal, so that journal, store and derivation know a span
 * by one name for ever.
 */
@NullMarked
package dev.sextant.collector.operation;

import org.jspecify.annotations.NullMarked;
