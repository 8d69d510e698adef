/**
 * Types shared by all Flux APIs: object keys, API types, conditions and reasons, references, durations. Based on
 * github.com/fluxcd/pkg/apis/meta.
 */
@NullMarked
package dev.sluice.toolkit.meta;

import org.jspecify.annotations.NullMarked;
