package dev.sluice.controller.source;

import dev.sluice.artifact.fetch.FetchAccess;
import dev.sluice.controller.request.ApiRequests;

/**
 * What all builds of a controller can use.
 *
 * @param access trusted authorities and client certificate of the controller's flags
 */
record BuildTools(ApiRequests requests, FetchAccess access, BuildDirectories scratch) {}
