/** What stands between a browser and the pages: hosts, sessions, assets, the APIs. */
@NullMarked
package dev.sextant.ui.gateway;

import org.jspecify.annotations.NullMarked;
