/** Serving stored artifacts over HTTP: path rules, conditional requests and ranges, and a small file server. */
@NullMarked
package dev.sluice.artifact.server;

import org.jspecify.annotations.NullMarked;
