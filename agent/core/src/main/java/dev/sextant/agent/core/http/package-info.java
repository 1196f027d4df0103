/** HTTP server and client spans by the semantic conventions. */
@NullMarked
package dev.sextant.agent.core.http;

import org.jspecify.annotations.NullMarked;
