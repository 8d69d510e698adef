/**
 * Options of the SDK from flags and environment variables. Start with {@link dev.sluice.artifact.config.StorageConfig}.
 */
@NullMarked
package dev.sluice.artifact.config;

import org.jspecify.annotations.NullMarked;
