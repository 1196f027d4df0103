/** Database calls through any JDBC driver. */
@NullMarked
package dev.sextant.agent.instrumentation.jdbc;

import org.jspecify.annotations.NullMarked;
