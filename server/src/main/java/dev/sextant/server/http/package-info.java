/** The ports and every route on them. */
@NullMarked
package dev.sextant.server.http;

import org.jspecify.annotations.NullMarked;
