/** The door to every query: a facade in Java, and HTTP as a skin over it. */
@NullMarked
package dev.sextant.api;

import org.jspecify.annotations.NullMarked;
