package dev.sluice.reconciler.offline;

import java.io.IOException;

/** A command that needs no cluster. */
interface OfflineCommand {

    RenderOptions options();

    /** The exit code; an exception is an error that stops everything. */
    int run(Streams streams) throws IOException;
}
