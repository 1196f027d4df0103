/** {@code sextant query}: PromQL on a running server, for people and scripts. */
@NullMarked
package dev.sextant.server.cli.query;

import org.jspecify.annotations.NullMarked;
