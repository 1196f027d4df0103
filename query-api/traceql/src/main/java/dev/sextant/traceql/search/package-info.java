/** Searches: which traces match, the newest of them with what the query names. */
@NullMarked
package dev.sextant.traceql.search;

import org.jspecify.annotations.NullMarked;
