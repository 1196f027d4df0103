/** What the stores on Elasticsearch share: connection, rows as documents, how far they got. */
@NullMarked
package dev.sextant.storage.elasticsearch;

import org.jspecify.annotations.NullMarked;
