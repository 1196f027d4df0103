/** The program: wiring of the parts, and its life from start to stop. */
@NullMarked
package dev.sextant.server;

import org.jspecify.annotations.NullMarked;
