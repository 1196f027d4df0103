/** Takes spans from Jaeger's clients: gRPC, thrift over HTTP, and thrift over UDP. */
@NullMarked
package dev.sextant.collector.jaeger;

import org.jspecify.annotations.NullMarked;
