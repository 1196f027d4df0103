/**
 * Log lines in Elasticsearch, one document a line; docs/elasticsearch.md describes the documents.
 */
@NullMarked
package dev.sextant.log.elasticsearch;

import org.jspecify.annotations.NullMarked;
