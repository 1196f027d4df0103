/**
 * A text language for tests of queries: traces as trees of spans, questions, and the answers they
 * must have.
 *
 * <pre>{@code
 * trace shop
 *   "GET /cart" @web 0s+120ms kind=server .http.status_code=200
 *     load @cart 10ms+50ms kind=client status=error message="no stock"
 *       event exception 5ms .exception.type="OutOfStock"
 *
 * search { status = error } | count() = 1
 *   shop: load (status=error) {count()=1}
 *
 * metrics range from 0s to 20s step 10s {} | count_over_time() by (resource.service.name)
 *   {resource.service.name="cart"} 0 1 0
 *   {resource.service.name="web"} 1 0 0
 *
 * search { .a = }
 *   fail parse error at line 1, col 8: syntax error: unexpected }
 * }</pre>
 *
 * The module's README describes it whole.
 */
@NullMarked
package dev.sextant.traceql.script;

import org.jspecify.annotations.NullMarked;
