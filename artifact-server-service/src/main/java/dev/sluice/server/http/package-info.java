/** Handles requests for artifacts. */
@NullMarked
package dev.sluice.server.http;

import org.jspecify.annotations.NullMarked;
