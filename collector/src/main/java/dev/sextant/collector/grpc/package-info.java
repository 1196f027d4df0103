/** Unary and client-streaming gRPC on bytes: what every receiver that speaks it has in common. */
@NullMarked
package dev.sextant.collector.grpc;

import org.jspecify.annotations.NullMarked;
