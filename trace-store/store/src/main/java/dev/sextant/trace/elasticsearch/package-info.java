/** Spans in Elasticsearch, one document a span; docs/elasticsearch.md describes the documents. */
@NullMarked
package dev.sextant.trace.elasticsearch;

import org.jspecify.annotations.NullMarked;
