/**
 * The namespaces that a generator manages: which ones, with which labels and annotations, and which are deleted. Every
 * decision is a pure function of the namespace as the API server has it.
 */
@NullMarked
package dev.sluice.reconciler.namespaces;

import org.jspecify.annotations.NullMarked;
