/** Files on their way to clients, and what is counted about them. */
@NullMarked
package dev.sluice.server.download;

import org.jspecify.annotations.NullMarked;
