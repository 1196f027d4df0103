/** The contract of {@link SpanSource}, and random spans to hold sources and engines against. */
package dev.sextant.trace.model;
