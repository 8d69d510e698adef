/**
 * Requests to the API server through the official client, each with a time limit and an error that names what failed.
 */
@NullMarked
package dev.sluice.controller.request;

import org.jspecify.annotations.NullMarked;
