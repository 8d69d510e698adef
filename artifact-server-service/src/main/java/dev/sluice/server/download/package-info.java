/** Downloads of files by clients, and their metrics. */
@NullMarked
package dev.sluice.server.download;

import org.jspecify.annotations.NullMarked;
