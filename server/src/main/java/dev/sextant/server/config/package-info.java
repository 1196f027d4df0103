/** The configuration file and what it means. */
@NullMarked
package dev.sextant.server.config;

import org.jspecify.annotations.NullMarked;
