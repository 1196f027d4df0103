/** Tokens, and the one authoriser in front of every route. */
@NullMarked
package dev.sextant.server.access;

import org.jspecify.annotations.NullMarked;
