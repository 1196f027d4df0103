/**
 * The one place where bodies are read. {@link dev.sextant.collector.http.BoundedBody} is its door:
 * no other class touches a body's bytes before they are counted, and a test of the architecture
 * holds that.
 */
@NullMarked
package dev.sextant.collector.http;

import org.jspecify.annotations.NullMarked;
