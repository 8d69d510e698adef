package dev.sluice.reconciler.offline;

import java.io.IOException;

/** A command that runs without a cluster. */
interface OfflineCommand {

    RenderOptions options();

    /** Runs the command and returns its exit code; an exception aborts the command. */
    int run(Streams streams) throws IOException;
}
